from django.urls import path

from . import views

urlpatterns = [path("books/<str:name>/", views.book)]
