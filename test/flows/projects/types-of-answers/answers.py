from flask import make_response


def as_json(content):
    response = make_response(content)
    response.headers["Content-Type"] = "application/json"
    return response


def as_text(content):
    response = make_response(content)
    response.headers.set("Content-Type", "text/plain")
    return response


def as_page(content):
    response = make_response(content)  # expect: xss-reflected from views.py:19
    response.headers["Content-Type"] = "text/html"
    return response


def as_it_is(content):
    response = make_response(content)  # expect: xss-reflected from views.py:24
    response.headers["X-Frame-Options"] = "DENY"
    return response
