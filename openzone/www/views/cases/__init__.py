"""The console of cases: the desk, the page of a case, lists, boards, reports."""
