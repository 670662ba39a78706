from flask import Flask

from shop.files import files
from shop.login import login
from shop.orders import orders


def create_app():
    app = Flask(__name__)
    app.secret_key = "q7Rz!tP0-shop-9vLm#2c"
    app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
    app.register_blueprint(orders)
    app.register_blueprint(files)
    app.register_blueprint(login)
    return app
