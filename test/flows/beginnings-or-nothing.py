from flask import abort, redirect, request


# case: empty, or on this site
def either():
    after = request.args["n"]
    if after and not after.startswith("/") or after.startswith("//"):
        abort(400)
    return redirect(after)


# case: empty, or with one slash, asked one after the other
def one_by_one():
    after = request.args["n"]
    if after and not after.startswith("/"):
        abort(400)
    if after.startswith("//"):
        abort(400)
    return redirect(after)


# case: empty, or with any number of slashes
def slashes():
    after = request.args["n"]
    if after and not after.startswith("/"):
        abort(400)
    return redirect(after)  # expect: open-redirect from 24


# case: one of a list, or with any number of slashes
def listed():
    after = request.args["n"]
    if after not in ("https://a.example.org/", "https://b.example.org/") and not after.startswith("/"):
        abort(400)
    return redirect(after)  # expect: open-redirect from 32
