"""What claims can be said to do to each other, and what cannot hold together."""

from uuid import UUID

import pytest

from annotations.consistency import Said, clash

A, B, C, D, E, F, G, H, X, Y = (UUID(int=number) for number in range(10))
KNOWN = [
    Said(A, "supports", B),
    Said(B, "equivalent", C),
    Said(D, "narrower", E),
    Said(E, "narrower", F),
    Said(G, "contradicts", H),
]


@pytest.mark.parametrize(
    ("new", "against"),
    [
        (Said(A, "supports", A), Said(A, "supports", A)),
        (Said(A, "contradicts", B), KNOWN[0]),
        (Said(C, "contradicts", A), KNOWN[0]),
        (Said(A, "undercuts", C), KNOWN[0]),
        (Said(B, "contradicts", C), KNOWN[1]),
        (Said(A, "equivalent", C), KNOWN[0]),
        (Said(F, "narrower", D), KNOWN[3]),
        (Said(F, "equivalent", D), KNOWN[3]),
        (Said(H, "supports", G), KNOWN[4]),
        (Said(H, "narrower", G), KNOWN[4]),
        (Said(G, "equivalent", H), KNOWN[4]),
    ],
)
def test_what_cannot_hold_names_what_stands_against_it(new: Said, against: Said) -> None:
    assert clash(new, KNOWN) == against


@pytest.mark.parametrize(
    "new",
    [
        Said(B, "supports", A),
        Said(C, "undercuts", A),
        Said(D, "narrower", F),
        Said(A, "supports", G),
        Said(D, "supports", E),
        Said(G, "undercuts", H),
        Said(X, "equivalent", Y),
        Said(C, "equivalent", X),
    ],
)
def test_what_can_hold_is_let_be(new: Said) -> None:
    assert clash(new, KNOWN) is None
