import hashlib
import hmac
import random

import requests
import yaml
from flask import Blueprint, make_response, redirect, request

login = Blueprint("login", __name__)


@login.post("/login")
def sign_in():
    session_token = "".join(random.choice("0123456789abcdef") for _ in range(32))
    answer = make_response(redirect(request.args.get("next", "/")))
    answer.set_cookie("session", session_token, httponly=True)
    return answer


def is_from_carrier(body, signature, key):
    expected = hmac.new(key, body, "sha256").hexdigest()
    return hmac.compare_digest(expected, signature)


def rates():
    return requests.get("https://rates.example.org/latest", timeout=5, verify=False).json()


def settings(text):
    return yaml.load(text, Loader=yaml.Loader)


def fingerprint(picture):
    return hashlib.md5(picture, usedforsecurity=False).hexdigest()


def colour_of_the_day():
    return random.choice(["red", "green"])
