package simulator

import (
	"context"
	"time"
)

// How long things take at speed 1. They are typical of a developer's
// machine; real ones depend on the machine and on the size of the download.
// [Options.Scale], and [Options.ScaleTimeout] for the two time-outs, return how long
// they take at another speed.
const (
	// LoadingTime is the client's LOADING: its debug port opens about so long
	// before the game is initialised.
	LoadingTime = 11 * time.Second
	// DisconnectingTime is the client's DISCONNECTING.
	DisconnectingTime = 1 * time.Second
	// ConnectingTime is the client's CONNECTING with a server that answers.
	ConnectingTime = 1500 * time.Millisecond
	// DownloadTime is the client's DOWNLOADING_FILES.
	DownloadTime = 4 * time.Second
	// ConnectTimeout is how long the client goes on CONNECTING with no server.
	ConnectTimeout = 10 * time.Second
	// DropTimeout is how long the client goes on saying IN_GAME after its
	// server ended.
	DropTimeout = 15 * time.Second
	// ResourcesTime is how long the server loads its resources. Its TCP port
	// opens after it.
	ResourcesTime = 1800 * time.Millisecond
	// ThreadsTime passes between that and "Server started". From then on the
	// server can be joined.
	ThreadsTime = 200 * time.Millisecond
	// RestartPause is how long the command "server restart" leaves the server
	// down.
	RestartPause = 1 * time.Second
)

const (
	// MinPhase is the shortest that any of the times gets at a high speed, so that
	// a program that asks every 50 ms sees every state.
	MinPhase = 60 * time.Millisecond
	// MinTimeout is the shortest that a time-out gets, so that even at a high speed
	// a server that restarts is back before its player is dropped.
	MinTimeout = 30 * MinPhase
)

// Scale returns how long one of this package's times takes with these options: d
// divided by Speed, at least [MinPhase].
func (o Options) Scale(d time.Duration) time.Duration {
	if o.Speed > 0 {
		d = time.Duration(float64(d) / o.Speed)
	}
	return max(d, MinPhase)
}

// ScaleTimeout does the same for [ConnectTimeout] and [DropTimeout], at least
// [MinTimeout].
func (o Options) ScaleTimeout(d time.Duration) time.Duration {
	return max(o.Scale(d), MinTimeout)
}

// hold waits for d. It returns false as soon as ctx is done or ended is closed; a nil
// ended never is.
func hold(ctx context.Context, d time.Duration, ended <-chan struct{}) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ended:
		return false
	case <-ctx.Done():
		return false
	}
}
