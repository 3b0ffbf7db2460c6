// Package debugport talks to the debug port of an alt:V client, an HTTP server on loopback,
// http://127.0.0.1:9223 (alt:V documentation, debug mode). GET /status answers with one
// word, POST /reconnect takes the server's password as its body.
package debugport
