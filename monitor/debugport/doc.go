// Package debugport talks to the debug port of an alt:V client: the HTTP server
// that a client in debug mode opens on loopback (alt:V documentation, debug
// mode; http://127.0.0.1:9223 there). GET /status answers one word, POST
// /reconnect takes the server's password as its body.
package debugport
