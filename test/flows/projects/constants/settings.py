USE_DEFAULT = True
DEFAULT_COMMAND = "uptime"
COLUMNS = ("id", "name", "price")
