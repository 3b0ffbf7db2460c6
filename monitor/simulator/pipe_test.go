package simulator_test

import (
	"context"
	"errors"
	"net"
	"runtime"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"altv-tray/monitor/simulator"
)

// isRefused reports whether err is a socket's error where nothing listens.
func isRefused(err error) bool {
	const windowsRefused = syscall.Errno(10061)
	if runtime.GOOS == "windows" {
		return errors.Is(err, windowsRefused)
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}

func TestRefusedIsAsOnSockets(t *testing.T) {
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	socket.Close()
	_, err = net.Dial("tcp", socket.Addr().String())
	if !isRefused(err) {
		t.Errorf("a closed socket gave %v", err)
	}
	var network simulator.Network
	if _, err := network.Dial(t.Context(), "tcp", serverAddr); !isRefused(err) {
		t.Errorf("an empty network gave %v", err)
	}
}

func TestPipeListener(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := simulator.ListenPipe()
		go func() {
			conn, err := l.Accept()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = conn.Write([]byte("hello"))
			conn.Close()
		}()
		conn, err := l.Dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		text := make([]byte, 5)
		if _, err := conn.Read(text); err != nil || string(text) != "hello" {
			t.Errorf("read %q, %v", text, err)
		}
		conn.Close()

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.Dial(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with nobody accepting, Dial gave %v", err)
		}

		refused := make(chan error)
		go func() {
			_, err := l.Dial(t.Context())
			refused <- err
		}()
		synctest.Wait()
		l.Close()
		l.Close()
		if err := <-refused; !isRefused(err) {
			t.Errorf("closed during Dial, it gave %v", err)
		}
		if _, err := l.Dial(t.Context()); !isRefused(err) {
			t.Errorf("after Close, Dial gave %v", err)
		}
		if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("after Close, Accept gave %v", err)
		}
	})
}

func TestNetwork(t *testing.T) {
	var network simulator.Network
	first, err := network.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	second, err := network.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if first.Addr().String() == second.Addr().String() {
		t.Errorf("both have %v", first.Addr())
	}
	if _, err := network.Listen("tcp", first.Addr().String()); err == nil {
		t.Error("an address was given twice")
	}
	first.Close()
	if _, err := network.Listen("tcp", first.Addr().String()); err != nil {
		t.Errorf("an address is not free after Close: %v", err)
	}
	if _, err := network.Listen("tcp", "nowhere"); err == nil {
		t.Error("a broken address was taken")
	}
}
