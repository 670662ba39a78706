manager = None
LEVEL = "low"


def start():
    global manager
    manager = open_manager()


def current():
    if manager is None:
        raise RuntimeError
    return manager
