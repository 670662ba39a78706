from django.contrib.auth.decorators import login_required
from django.urls import path, re_path

from . import views

urlpatterns = [
    path("order/<int:number>/", views.order),
    path("note/<str:number>/", login_required(views.note)),
    re_path(r"^memo/(?P<memo>[0-9]+)/$", views.memo),
    path("item/<uuid:item>/", views.Item.as_view(), name="item"),
    path("thing/<str:item>/", views.Thing.as_view(), name="thing"),
    path("both/<int:key>/", views.both),
    path("both/<str:key>/", views.both),
]
