import ipaddress
import socket
from urllib.parse import urlparse

import requests
from flask import abort, request


def ensure_public(host):
    for family, _, _, _, address in socket.getaddrinfo(host, 443):
        if not ipaddress.ip_address(address[0]).is_global:
            raise ValueError(host)


def ensure_known(host):
    if host not in ("api.example.org", "cdn.example.org"):
        raise ValueError(host)


def look_up(host):
    for family, _, _, _, address in socket.getaddrinfo(host, 443):
        if not ipaddress.ip_address(address[0]).is_global:
            print(host)


def is_public(url):
    host = urlparse(url).hostname
    if host is None:
        return False
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except socket.gaierror:
        return False
    return all(ipaddress.ip_address(one).is_global for one in found)


# case: a function has looked where the host of the address leads
def host_handed_over():
    url = request.args["url"]
    ensure_public(urlparse(url).hostname)
    return requests.get(url).text


# case: a function has looked at a host that has a name
def named_host_handed_over():
    url = request.args["url"]
    host = urlparse(url).hostname
    try:
        ensure_public(host)
    except ValueError:
        abort(400)
    return requests.get(url).text


# case: a function has found the host in a list
def host_of_list():
    url = request.args["url"]
    ensure_known(urlparse(url).hostname)
    return requests.get(url).text


# case: a function has looked, and lets every host through
def host_looked_up():
    url = request.args["url"]
    look_up(urlparse(url).hostname)
    return requests.get(url).text  # expect: ssrf from 64


# case: the path of the address says nothing of its host
def path_handed_over():
    url = request.args["url"]
    ensure_known(urlparse(url).path)
    return requests.get(url).text  # expect: ssrf from 71


# case: each address that a host has is outside the own network
def each_address():
    url = request.args["url"]
    if not is_public(url):
        abort(400)
    return requests.get(url).text


# case: none of the addresses is of the own network
def no_own_address():
    url = request.args["url"]
    entries = socket.getaddrinfo(urlparse(url).hostname, None)
    addresses = [ipaddress.ip_address(entry[4][0]) for entry in entries]
    if any(address.is_private or address.is_loopback for address in addresses):
        abort(400)
    return requests.get(url).text


# case: one of the addresses is outside the own network
def one_address():
    url = request.args["url"]
    entries = socket.getaddrinfo(urlparse(url).hostname, None)
    addresses = [ipaddress.ip_address(entry[4][0]) for entry in entries]
    if not any(address.is_global for address in addresses):
        abort(400)
    return requests.get(url).text  # expect: ssrf from 96


def refuse_own(url):
    if ipaddress.ip_address(socket.gethostbyname(urlparse(url).hostname)).is_private:
        abort(400)


# case: a function that several routes ask has looked where the address leads
def asked_first():
    url = request.args["first"]
    refuse_own(url)
    return requests.get(url).text


def asked_again():
    url = request.args["again"]
    refuse_own(url)
    return requests.get(url).text
