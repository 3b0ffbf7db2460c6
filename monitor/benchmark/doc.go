// Command benchmark plays altv-tray and the logic of alt:V's official sample
// against the same simulated client, in one run on one machine, and prints what
// it measured as a Markdown page:
//
//	go run ./monitor/benchmark
//
// The simulated clients and game servers run in this process, altv-tray and the
// sample in processes of their own. It needs Go; without Node.js there is no
// column of the sample, and without dbus-daemon no time from start to icon.
package main
