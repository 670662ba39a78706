import os

from flask import Flask

from shop.orders import orders


def create_app():
    app = Flask(__name__)
    app.secret_key = os.environ["SHOP_SECRET_KEY"]
    app.register_blueprint(orders)
    return app
