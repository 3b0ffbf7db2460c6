package tray

import (
	"fmt"
	"strconv"
	"time"

	"altv-tray/assets"
	"altv-tray/monitor"
	"altv-tray/settings"
)

// notice is one notification. It is comparable, so that the same one is not
// told twice in a row.
type notice struct {
	title string
	body  string
	icon  assets.Icon
}

// noticeOf decides what the user is told of an event; ok is false for nothing.
func noticeOf(e monitor.Event, set settings.Settings) (n notice, ok bool) {
	on := set.Notifications
	profile := set.Profile
	switch e.Kind {
	case monitor.ClientReady:
		n = notice{"alt:V is in the main menu", "Click Reconnect now to get onto the server.", assets.MainMenu}
		if e.Job != 0 {
			n.body = "Reconnecting to the server now."
		}
		return n, on.Ready
	case monitor.Joined:
		return notice{"Back in game", "Reconnected in " + seconds(e.Took) + ".", assets.InGame}, on.Joined
	case monitor.Dropped:
		n = notice{"The server went down", "alt:V has left the game. It is brought back once the server is ready.", assets.Disconnecting}
		if !set.AutoReconnect.Enabled {
			n.body = "alt:V has left the game. Click Reconnect now once the server is ready."
		}
		return n, on.Dropped
	case monitor.Failed, monitor.Refused:
		if e.Reason == monitor.TurnedOff || e.Reason == monitor.SettingsChanged && !e.ByHand {
			return notice{}, false
		}
		return notice{"Not reconnected", failure(e, profile), assets.Error}, on.Failed
	case monitor.Asked:
		if e.Server == monitor.ServerDown && !e.Joins {
			return notice{"The server seems to be down", "Reconnecting all the same, as you asked.", assets.Unknown}, on.Failed
		}
	}
	return notice{}, false
}

// failure says why a reconnect came to nothing, and what to do about it.
func failure(e monitor.Event, profile string) string {
	var text string
	switch e.Reason {
	case monitor.ClientAbsent:
		return "alt:V is not running, or not in debug mode. Start it with debug = true in its altv.toml."
	case monitor.ClientForeign:
		return "Another program answers on alt:V's debug port. Close it, or set client.address in the settings."
	case monitor.ClientQuit:
		return "alt:V was closed in the middle of it."
	case monitor.ClientTaken:
		return "alt:V is gone, and another program answers on its debug port."
	case monitor.ClientSilent:
		return "alt:V gives no answer. If the game hangs, end it and start it again."
	case monitor.ClientBusy:
		text = "alt:V stayed busy for too long. Look at the game."
	case monitor.PasswordMissing:
		return fmt.Sprintf("No password is stored for profile %q. Set it with Server password › Set…, or set password = \"none\" if the server has none.", profile)
	case monitor.KeyringLocked:
		return "The keyring is locked or gave no answer. Unlock it and try again."
	case monitor.KeyringMissing:
		return "There is no keyring to read the password from. Start one (GNOME Keyring, KWallet), or set password = \"none\" if the server has none."
	case monitor.ClientSaidNo:
		text = "alt:V refused the reconnect. Is debug = true set in server.toml too?"
	case monitor.NoReaction:
		text = "alt:V accepted it and did nothing. Is debug = true set in server.toml too?"
	case monitor.FellBack:
		text = "alt:V came back to the main menu. The password may be wrong, or the server refused you."
		if e.Server == monitor.ServerDown {
			text = "alt:V came back to the main menu: the server is down."
		}
	case monitor.ClientError:
		text = "alt:V shows an error. Look at the game."
	case monitor.JoinTimeout:
		text = "alt:V did not get into the game in time."
	case monitor.WrongPassword:
		return fmt.Sprintf("The server took alt:V in twice and sent it back: probably the password of profile %q is wrong. Set it with Server password › Set….", profile)
	case monitor.ServerWentDown:
		return "The server went down in the middle of it."
	case monitor.SettingsChanged:
		return "The settings changed in the middle of it. Click Reconnect now again."
	default:
		return "It was called off."
	}
	if e.Attempt > 1 {
		text += " (" + strconv.Itoa(e.Attempt) + " attempts)"
	}
	return text
}

// FailureText is what the commands say of a monitor.Reason's word, with the
// word for the server's state at that time.
func FailureText(reason, server, profile string) string {
	e := monitor.Event{Reason: monitor.ParseReason(reason)}
	if server == monitor.ServerDown.String() {
		e.Server = monitor.ServerDown
	}
	return failure(e, profile)
}

// seconds says "4 s", or minutes and seconds from one minute on.
func seconds(d time.Duration) string {
	d = d.Round(time.Second)
	if d < time.Minute {
		return strconv.Itoa(int(d/time.Second)) + " s"
	}
	return strconv.Itoa(int(d/time.Minute)) + " min " + strconv.Itoa(int(d%time.Minute/time.Second)) + " s"
}
