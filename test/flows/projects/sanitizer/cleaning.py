import shlex


def quoted(text):
    return shlex.quote(text.strip())


def untouched(text):
    return text.strip()


def checked(text):
    if not text.isdigit():
        raise ValueError("a number is needed")
