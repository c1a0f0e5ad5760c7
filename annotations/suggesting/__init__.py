"""What belongs together by its words: scores, reasons and fingerprints. No Django.

Everything is counted from words, in the same way each time; nothing is learnt or sent away.
"""
