import io
import os
import pickle

from django.db import connection
from flask import request
from rest_framework import serializers, viewsets


# case: an unpickler that says what may be found
class Plain(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)


def restored():
    return Plain(io.BytesIO(request.data)).load()


# case: an unpickler that says nothing of it
class Loud(pickle.Unpickler):
    def persistent_load(self, pid):
        return None


def restored_loudly():
    return Loud(io.BytesIO(request.data)).load()  # expect: unsafe-deserialization from 27


# case: fields of the serializer that a view is made with
class OrderSerializer(serializers.Serializer):
    table = serializers.CharField()
    year = serializers.IntegerField()


class Orders(viewsets.ModelViewSet):
    serializer_class = OrderSerializer

    def create(self, call):
        serializer = self.get_serializer(data=call.data)
        data = serializer.validated_data
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM orders_{data['year']}")
            cursor.execute(f"DELETE FROM {data['table']}")  # expect: sql-injection from 40


# case: the ending of a file's name
def ending():
    name = os.path.splitext(request.files["file"].filename)[1]
    return open("/srv/logo" + name).read()


# case: the beginning of a file's name
def beginning():
    name = os.path.splitext(request.files["file"].filename)[0]
    return open(os.path.join("/srv", name + ".png")).read()  # expect: path-traversal from 55
