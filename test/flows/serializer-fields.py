import os
from rest_framework import serializers
from rest_framework.views import APIView


class UnitSerializer(serializers.Serializer):
    unit = serializers.SlugField()
    host = serializers.IPAddressField()
    note = serializers.CharField()


class UnitView(APIView):
# case: a slug behind a constant
    def post(self, request):
        serializer = UnitSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        os.system("systemctl restart unit-" + serializer.validated_data["unit"])

# case: the address of a machine
    def put(self, request):
        serializer = UnitSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        os.system("ping " + serializer.validated_data["host"])

# case: any text
    def patch(self, request):
        serializer = UnitSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        os.system("echo " + serializer.validated_data["note"])  # expect: command-injection from 27

# case: a slug that was not checked
    def delete(self, request):
        os.system("systemctl stop unit-" + request.data["unit"])  # expect: command-injection from 33
