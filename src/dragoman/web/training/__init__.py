"""Training of new reviewers: records that others have settled are coded blind, and each answer is compared at once.

Nothing of it is a verdict: answers are kept in the browser's session and never written to the store.
"""
