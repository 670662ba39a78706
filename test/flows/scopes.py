import os
import string as shared_module

from flask import request

current = "fixed"
LIMITS = {"low": "1", "high": "9"}


# case: the loop variable is still bound after the loop
def after_loop():
    for a in [request.args["a"]]:
        pass
    os.system("ls " + a)  # expect: command-injection from 12


# case: the variable of a comprehension is gone after it, the outer one stays
def after_comprehension():
    a = "fixed"
    sizes = [len(a) for a in request.args.getlist("a")]
    os.system("ls " + a)
    return sizes


# case: a walrus inside a comprehension binds outside it
def walrus_in_comprehension():
    found = [last := value for value in request.args.getlist("a")]
    os.system("ls " + last)  # expect: command-injection from 27
    return found


# case: a walrus inside a comprehension binds a constant
def walrus_constant_in_comprehension():
    found = [(last := "fixed") for value in request.args.getlist("a")]
    os.system("ls " + last)
    return found


# case: a nested comprehension uses the outer variable
def nested_comprehension():
    found = [x + y for x in ["a", "b"] for y in request.args.getlist("a")]
    os.system("ls " + found[0])  # expect: command-injection from 41


# case: a nested comprehension over constants
def nested_comprehension_constant():
    request_values = request.args.getlist("a")
    found = [x + y for x in ["a", "b"] for y in ["c", "d"]]
    os.system("ls " + found[0])
    return request_values


# case: a closure sees the last value of the outer variable
def late_binding():
    a = "fixed"

    def read():
        return a

    a = request.args["a"]
    os.system("ls " + read())  # expect: command-injection from 60


# case: a closure sees the outer variable after it was replaced
def late_binding_replaced():
    a = request.args["a"]

    def read():
        return a

    a = "fixed"
    os.system("ls " + read())


# case: a default is taken when the function is defined
def early_binding():
    a = request.args["a"]

    def read(value=a):
        return value

    a = "fixed"
    os.system("ls " + read())  # expect: command-injection from 77


# case: a default is taken before the variable changes
def early_binding_constant():
    a = "fixed"

    def read(value=a):
        return value

    a = request.args["a"]
    os.system("ls " + read())
    return a


# case: a lambda with a default
def lambda_default():
    a = request.args["a"]
    read = lambda value=a: value
    os.system("ls " + read())  # expect: command-injection from 100


# case: a lambda whose default is not used
def lambda_default_unused():
    a = request.args["a"]
    read = lambda value=a: value
    os.system("ls " + read("fixed"))


# case: a default list is shared between calls
def collect(value, found=[]):
    found.append(value)
    return found


def shared_default():
    collect(request.args["a"])
    os.system("ls " + collect("fixed")[0])  # expect: command-injection from 119


# case: a list made anew in each call
def collect_anew(value, found=None):
    found = [] if found is None else found
    found.append(value)
    return found


def fresh_default():
    collect_anew(request.args["a"])
    os.system("ls " + collect_anew("fixed")[0])


# case: the names of a class body are not those of its methods
class Shadow:
    current = request.args

    def run(self):
        os.system("ls " + current)


# case: a class body reads an outer variable
def class_in_function():
    a = request.args["a"]

    class Local:
        value = a

    os.system("ls " + Local.value)  # expect: command-injection from 145


# case: a class body with a constant of the same name
def class_in_function_constant():
    a = request.args["a"]

    class Local:
        a = "fixed"

    os.system("ls " + Local.a)
    return a


# case: nonlocal two functions further out
def nonlocal_far():
    a = "fixed"

    def middle():
        def inner():
            nonlocal a
            a = request.args["a"]

        inner()

    middle()
    os.system("ls " + a)  # expect: command-injection from 171


# case: nonlocal writes a constant
def nonlocal_constant():
    a = request.args["a"]

    def change():
        nonlocal a
        a = "fixed"

    change()
    os.system("ls " + a)


# case: an inner function that is never called
def never_called():
    a = "fixed"

    def change():
        nonlocal a
        a = request.args["a"]

    os.system("ls " + a)
    return change


# case: a global that another function sets
def set_current():
    global current
    current = request.args["a"]


def use_current():
    set_current()
    os.system("ls " + current)  # expect: command-injection from 206


# case: a parameter that is called like a global
def parameter_shadows(current):
    os.system("ls " + current)


# case: globals by a constant name
def by_globals():
    globals()["other"] = request.args["a"]
    os.system("ls " + globals()["other"])  # expect: command-injection from 221


# case: a module constant read by globals
def constant_by_globals():
    a = request.args["a"]
    os.system("ls " + globals()["LIMITS"]["low"])
    return a


# case: locals as a mapping
def by_locals():
    a = request.args["a"]
    os.system("ls {a}".format(**locals()))  # expect: command-injection from 234


# case: vars of an object
class Box:
    def __init__(self, value, other):
        self.value = value
        self.other = other


def by_vars():
    box = Box(request.args["a"], "fixed")
    os.system("ls " + vars(box)["value"])  # expect: command-injection from 246


# case: another entry of the vars of an object
def by_vars_other():
    box = Box(request.args["a"], "fixed")
    os.system("ls " + vars(box)["other"])


# case: a built-in that is hidden by a function of the module
def len(value):
    return value


def hidden_builtin():
    os.system("ls " + len(request.args["a"]))  # expect: command-injection from 262


# case: a function that is defined twice, the last counts
def twice(value):
    return value


def twice(value):
    return "fixed"


def defined_twice():
    os.system("ls " + twice(request.args["a"]))


# case: a function that is defined by a condition
if LIMITS:

    def chosen(value):
        return value

else:

    def chosen(value):
        return "fixed"


def defined_by_condition():
    os.system("ls " + chosen(request.args["a"]))  # expect: command-injection from 291


# case: a name is bound by an import
def bound_by_import():
    path = request.args["a"]
    from os import sep as path

    os.system("ls " + path)


# case: a name is bound by with
def bound_by_with():
    line = request.args["a"]
    with open("/etc/motd") as line:
        os.system("ls " + line.name)


# case: a type annotation binds nothing
def only_annotated():
    a = request.args["a"]
    a: str
    os.system("ls " + a)  # expect: command-injection from 311


# case: a global inside a function that has a local of the same name
marker = "fixed"


def global_past_local():
    marker = request.args["a"]

    def read():
        global marker
        return marker

    os.system("ls " + read())
    return marker


# case: a global is written past a local of the same name
def global_written_past_local():
    marker = "local"

    def write():
        global marker
        marker = request.args["a"]

    write()
    os.system("ls " + marker)


client = None


def connect():
    global client
    client = open_client()


# case: what another function gives a variable of the module is there later
def connected():
    if client is None:
        raise RuntimeError
    os.system("ls " + request.args["a"])  # expect: command-injection from 355


# case: what nobody but the module gives it stays None
unset = None
switch = False


def switched():
    if switch:
        os.system("ls " + request.args["a"])


# case: a name that stands for None until another module fills it
def filled_elsewhere():
    if unset is None:
        return
    os.system("ls " + request.args["a"])  # expect: command-injection from 372


# case: a variable of the module that a function gives a constant
level = "low"


def raised():
    global level
    level = "high"


def told():
    os.system("notify " + level)


# case: what the level of the module calls sees what it has given
early = None


def used_early(line):
    if early is not None:
        os.system("ls " + line)


used_early(request.args["a"])


# case: a flag of the module that nobody changes
QUIET = True


def quiet():
    if not QUIET:
        os.system("ls " + request.args["a"])
