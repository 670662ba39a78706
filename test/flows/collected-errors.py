import os
import re

from flask import Flask, abort, flash, jsonify, render_template, request

app = Flask(__name__)
ALLOWED = {"a", "b"}


# case: errors are collected in a list
@app.post("/list")
def errors_list():
    errors = []
    name = request.form["name"]
    if name not in ALLOWED:
        errors.append("name")
    if errors:
        return jsonify(errors), 400
    os.system("ls " + name)


# case: errors are collected in a list, of two values
@app.post("/list/two")
def errors_two():
    errors = []
    name, kind = request.form["name"], request.form["kind"]
    if name not in ALLOWED:
        errors.append("name")
    if not kind.isalnum():
        errors.append("kind")
    if not errors:
        os.system(f"ls {name} {kind}")
    return jsonify(errors)


# case: errors are collected in a list, of another value
@app.post("/list/other")
def errors_other():
    errors = []
    name, kind = request.form["name"], request.form["kind"]
    if not kind.isalnum():
        errors.append("kind")
    if errors:
        return jsonify(errors), 400
    os.system("ls " + name)  # expect: command-injection from 40


# case: errors are collected in a list that is emptied
@app.post("/list/emptied")
def errors_emptied():
    errors = []
    name = request.form["name"]
    if name not in ALLOWED:
        errors.append("name")
    errors.clear()
    if errors:
        return jsonify(errors), 400
    os.system("ls " + name)  # expect: command-injection from 52


# case: errors are collected in a list that is made anew
@app.post("/list/anew")
def errors_anew():
    errors = []
    name = request.form["name"]
    if name not in ALLOWED:
        errors.append("name")
    errors = []
    if errors:
        return jsonify(errors), 400
    os.system("ls " + name)  # expect: command-injection from 65


# case: errors are collected on one way only
@app.post("/list/one")
def errors_one_way():
    errors = []
    name = request.form["name"]
    if "strict" in request.form:
        if name not in ALLOWED:
            errors.append("name")
    if errors:
        return jsonify(errors), 400
    os.system("ls " + name)  # expect: command-injection from 78


# case: errors are collected, and the value is read again
@app.post("/list/again")
def errors_again():
    errors = []
    name = request.form["name"]
    if name not in ALLOWED:
        errors.append("name")
    name = request.form["other"]
    if errors:
        return jsonify(errors), 400
    os.system("ls " + name)  # expect: command-injection from 94


# case: errors are collected, and the value is used where there are some
@app.post("/list/some")
def errors_some():
    errors = []
    name = request.form["name"]
    if name not in ALLOWED:
        errors.append("name")
    if errors:
        os.system("ls " + name)  # expect: command-injection from 104


# case: errors are collected in a mapping
@app.post("/mapping")
def errors_mapping():
    errors = {}
    name = request.form.get("name", "")
    if not re.fullmatch(r"\w+", name):
        errors["name"] = "letters only"
    if errors:
        return jsonify(errors), 400
    os.system("ls " + name)


# case: errors are collected by a function
def errors_of(form):
    errors = []
    if form["name"] not in ALLOWED:
        errors.append("name")
    return errors


@app.post("/function")
def errors_function():
    if errors := errors_of(request.form):
        return jsonify(errors), 400
    os.system("ls " + request.form["name"])


# case: errors are collected by a function, and looked at in vain
@app.post("/function/vain")
def errors_function_vain():
    if errors := errors_of(request.form):
        print(errors)
    os.system("ls " + request.form["name"])  # expect: command-injection from 143


# case: the error is a text or none
@app.post("/text")
def error_text():
    error = None
    name = request.form["name"]
    if not name:
        error = "A name is missing."
    elif name not in ALLOWED:
        error = "The name is unknown."
    if error is None:
        os.system("ls " + name)
    return jsonify(error=error)


# case: the error is a text or none, and shown before the end
@app.post("/text/shown")
def error_shown():
    error = None
    name, kind = request.form["name"], request.form["kind"]
    if name not in ALLOWED:
        error = "The name is unknown."
    if not kind.isdigit():
        error = "The kind is unknown."
    if error is not None:
        flash(error)
        return render_template("form.html")
    os.system(f"ls {name} {kind}")


# case: the error is a text that nobody looks at
@app.post("/text/unseen")
def error_unseen():
    error = None
    name = request.form["name"]
    if name not in ALLOWED:
        error = "The name is unknown."
    os.system("ls " + name)  # expect: command-injection from 179
    return jsonify(error=error)


# case: the error is a text that is taken back
@app.post("/text/back")
def error_taken_back():
    error = None
    name = request.form["name"]
    if name not in ALLOWED:
        error = "The name is unknown."
    if "force" in request.form:
        error = None
    if error is None:
        os.system("ls " + name)  # expect: command-injection from 190


# case: the error is a text or none, and the other branch sets it
@app.post("/text/else")
def error_else():
    error = None
    name = request.form["name"]
    if "quick" in request.form:
        pass
    elif name not in ALLOWED:
        error = "The name is unknown."
    if error is None:
        os.system("ls " + name)  # expect: command-injection from 203


# case: the number of errors is zero
@app.post("/count")
def error_count():
    failures = 0
    name = request.form["name"]
    if name not in ALLOWED:
        failures = 1
    if failures:
        abort(400)
    os.system("ls " + name)


# case: every character is looked at
@app.get("/characters")
def every_character():
    name = request.args["name"]
    for character in name:
        if not (character.isalnum() or character in "-_"):
            abort(400)
    os.system("ls " + name)


# case: every character is looked at, and one is passed over
@app.get("/characters/passed")
def passed_character():
    name = request.args["name"]
    for character in name:
        if character == "$":
            continue
        if not character.isalnum():
            abort(400)
    os.system("ls " + name)  # expect: command-injection from 237


# case: the first character is looked at
@app.get("/characters/first")
def first_character():
    name = request.args["name"]
    for character in name:
        if not character.isalnum():
            abort(400)
        break
    os.system("ls " + name)  # expect: command-injection from 249


# case: every element of a list is looked at
@app.get("/elements")
def every_element():
    names = request.args.getlist("name")
    for name in names:
        if name not in ALLOWED:
            abort(400)
    os.system("ls " + " ".join(names))


# case: every element of a list is looked at, and nothing is done
@app.get("/elements/vain")
def elements_in_vain():
    names = request.args.getlist("name")
    for name in names:
        if name not in ALLOWED:
            print("unknown")
    os.system("ls " + " ".join(names))  # expect: command-injection from 270


# case: every element of another list is looked at
@app.get("/elements/other")
def other_elements():
    names, others = request.args.getlist("name"), request.args.getlist("other")
    for name in others:
        if name not in ALLOWED:
            abort(400)
    os.system("ls " + " ".join(names))  # expect: command-injection from 280


# case: every element of a list of the program's own is looked at
@app.get("/elements/own")
def own_elements():
    names = [request.args["a"], request.args["b"]]
    for name in names:
        if name not in ALLOWED:
            raise ValueError(name)
    os.system("ls " + names[1])


# case: every element is looked at in a function
def check_all(names):
    for name in names:
        if not re.fullmatch(r"[a-z]+", name):
            raise ValueError(name)


@app.get("/elements/function")
def elements_in_function():
    names = request.args.getlist("name")
    check_all(names)
    os.system("ls " + " ".join(names))
