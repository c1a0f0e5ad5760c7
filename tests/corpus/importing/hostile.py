"""Lines of which Hypothesis makes hostile sources."""

from hypothesis import strategies as st

LINES = st.sampled_from(
    [
        *("", " ", "\u00a0", "\f", "Comments", "Show Hide image", "By Jane Smith", "3 May 2019"),
        *("========", "1. The Bus", "2. Tea", "- tea", "> quoted", "## Heading", "    indented"),
        *(
            "“Speech that runs on",
            "“and ends.”",
            "It was hisgoal \u200b",
            "<https://a.org/2016/05/>",
        ),
        *("From: Jane <jane@a.org>", "Subject: Fwd: The motion", "> Date: 3 May 2019", ">", ">> a"),
        *("> The motion is carried", "> Jane went home in the rain when it was over,", "> > b"),
        *("Correction: it was not.", "https://a.org/x.", "\u0301 accent", "על הבר 👩‍👩‍👧", "well-"),
        "This article first appeared in the 3 May 2019 issue of the Herald",
        "Jane Smith is a director of the Herald and a member of its board, as you know.",
        "The motion was carried on 4 June 2017 by a large majority of those in the hall, and" * 3,
    ]
)
