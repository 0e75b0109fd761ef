"""Today's brief."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(
        request, "error.html", {"status": 1, "title": "x", "reason": str(asof.as_of(request))}
    )


from openzone.www import asof
