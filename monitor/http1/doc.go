// Package http1 is as much of HTTP/1.1 as this program speaks: to alt:V's debug
// port, between the commands and the running app, and in the simulator. All of
// it is over loopback, without TLS, proxies, redirects or cookies.
//
// It is here in place of net/http for its weight: that brings TLS, HTTP/2 and
// their certificates along, which is a quarter of the program and of the memory
// that it holds for as long as it runs. The tests hold it against net/http, as
// server and as client.
package http1
