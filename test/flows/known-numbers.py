import os
import subprocess
from flask import request


# case: a sum of what is known
def worked_out_0():
    os.system("x" if sum([1, 2, 3]) == 6 else request.args["c"])


# case: the sum of a range
def worked_out_1():
    os.system("x" if sum(range(4)) == 6 else request.args["c"])


# case: the largest of what is known
def worked_out_2():
    os.system("x" if max(4, 7) == 7 else request.args["c"])


# case: the smallest of a list
def worked_out_3():
    os.system("x" if min([4, 7]) == 4 else request.args["c"])


# case: a quotient and its rest
def worked_out_4():
    os.system("x" if divmod(7, 2)[1] == 1 else request.args["c"])


# case: a number without its sign
def worked_out_5():
    os.system("x" if abs(-4) == 4 else request.args["c"])


# case: a half is rounded to the even number
def worked_out_6():
    os.system("x" if round(2.5) == 2 else request.args["c"])


# case: a power and its rest
def worked_out_7():
    os.system("x" if pow(2, 3, 5) == 3 else request.args["c"])


# case: other numbers than these
def worked_out_otherwise():
    os.system("x" if sum([1, 2, 3]) == 7 else request.args["c"])  # expect: command-injection from 48
    os.system("x" if max(4, 7) == 4 else request.args["c"])  # expect: command-injection from 49
    os.system("x" if divmod(7, 2)[1] == 0 else request.args["c"])  # expect: command-injection from 50
    os.system("x" if round(3.5) == 3 else request.args["c"])  # expect: command-injection from 51


# case: the larger of a number and a text that was sent
def not_worked_out():
    os.system(max("a", request.args["c"]))  # expect: command-injection from 56


# case: how often something is in a text is a number
def counted():
    subprocess.run("head -n " + str(request.args["t"].count("/")), shell=True)


# case: where a constant stands in a constant beginning
def found():
    text = "key=" + request.args["t"]
    os.system(text[: text.find("=")])


# case: what stands behind it
def behind_found():
    text = "key=" + request.args["t"]
    os.system(text[text.find("=") + 1 :])  # expect: command-injection from 72


# case: how many there are of what was sent
def summed():
    subprocess.run("head -n " + str(sum(1 for _ in request.args.values())), shell=True)
