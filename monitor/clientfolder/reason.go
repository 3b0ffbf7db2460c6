package clientfolder

import (
	"regexp"
	"strconv"
	"strings"
)

// Reason is why a join failed, as the client's log tells it.
type Reason string

// The reasons. connectTexts has the words of the log that each stands for.
const (
	NoReason         Reason = ""                  // the log tells none
	TimedOut         Reason = "timed_out"         // nothing came from the server for too long
	HTTPFailed       Reason = "http_failed"       // the server's HTTP port, or the CDN, cannot be reached
	Disconnected     Reason = "disconnected"      // the connection ended, with no cause told
	RefusedByServer  Reason = "refused_by_server" // with no cause told
	NotResponding    Reason = "not_responding"    // also what a client of a version too far off is told
	WrongPassword    Reason = "wrong_password"
	DebugNotAllowed  Reason = "debug_not_allowed" // the client is in debug mode, the server is not
	WrongBranch      Reason = "wrong_branch"      // release, rc and dev do not go together
	WrongVersion     Reason = "wrong_version"
	WrongCDN         Reason = "wrong_cdn"       // the CDN belongs to another server
	ResourceFailed   Reason = "resource_failed" // one could not be downloaded, checked or written
	EarlyAuthFailed  Reason = "early_auth_failed"
	LicenseFailed    Reason = "license_failed" // GTA V's license could not be checked
	Kicked           Reason = "kicked"
	ServerShutdown   Reason = "server_shutdown"
	LostConnection   Reason = "lost_connection"
	Cancelled        Reason = "cancelled"         // by the user
	BadConnectInfo   Reason = "bad_connect_info"  // client and server do not understand each other
	BadAddress       Reason = "bad_address"       // there is no server by this address
	ConnectionFailed Reason = "connection_failed" // something else, which the line tells
)

// connectTexts are what follows "Connection failed: " in a log, in lower case and
// as far as it is the same in all versions.
//
// Seen in logs of public issue threads (altmp/altv-issues): "Timed out" and
// "Error connecting to HTTP server" (#210, #1559), "Refused by server" (#2034),
// "Server not responding" (#1274). "Wrong password" is told in #1229. The others,
// and the keys in capitals (#509 has two of them), are the client's own English
// texts and their keys in its public translations (altmp/altv-locales); those in
// a log are not proved, so whatever is not known is ConnectionFailed.
var connectTexts = []struct {
	text   string
	reason Reason
}{
	{"timed out", TimedOut},
	{"timed_out", TimedOut},
	{"error connecting to http server", HTTPFailed},
	{"failed to connect to http server", HTTPFailed},
	{"http_server_connect_failed", HTTPFailed},
	{"refused by server", RefusedByServer},
	{"refused_by_server", RefusedByServer},
	{"server not responding", NotResponding},
	{"server_not_responding", NotResponding},
	{"wrong password", WrongPassword},
	{"wrong_password", WrongPassword},
	{"debug mode is not allowed", DebugNotAllowed},
	{"debug_not_allowed", DebugNotAllowed},
	{"server uses a different update branch", WrongBranch},
	{"wrong_branch", WrongBranch},
	{"server is running a different version", WrongVersion},
	{"server is using a newer version", WrongVersion},
	{"server is using an older version", WrongVersion},
	{"wrong_stable_build", WrongVersion},
	{"wrong_beta_build", WrongVersion},
	{"client_outdated", WrongVersion},
	{"server_outdated", WrongVersion},
	{"the cdn doesn't match", WrongCDN},
	{"invalid_cdn_url", WrongCDN},
	{"failed to download resource", ResourceFailed},
	{"resource_download_failed", ResourceFailed},
	{"failed_to_download_resource", ResourceFailed},
	{"integrity check of resource failed", ResourceFailed},
	{"resource_check_failed", ResourceFailed},
	{"validation of resource", ResourceFailed},
	{"failed_to_validate_resource", ResourceFailed},
	{"failed to open resource", ResourceFailed},
	{"failed_to_open_resource_file", ResourceFailed},
	{"failed to write to resource", ResourceFailed},
	{"failed_to_write_to_resource", ResourceFailed},
	{"early auth failed", EarlyAuthFailed},
	{"early_auth_failed", EarlyAuthFailed},
	{"failed to verify game license", LicenseFailed},
	{"failed_to_verify_game_license", LicenseFailed},
	{"you've been kicked", Kicked},
	{"kicked_out", Kicked},
	{"server shutdown", ServerShutdown},
	{"server_shutdown", ServerShutdown},
	{"lost connection to server", LostConnection},
	{"lost_connection", LostConnection},
	{"connection cancelled", Cancelled},
	{"connection_cancelled", Cancelled},
	{"invalid client information", BadConnectInfo},
	{"invalid_client_information", BadConnectInfo},
	{"invalid server information", BadConnectInfo},
	{"invalid_server_information", BadConnectInfo},
	{"failed to parse connect.json", BadConnectInfo},
	{"failed_to_parse_connect_json", BadConnectInfo},
	{"server not found", BadAddress},
	{"server_not_found", BadAddress},
	{"invalid address", BadAddress},
	{"invalid_address", BadAddress},
}

// finding is what one line of a log tells.
type finding struct {
	reason   Reason
	curlCode int  // 0 where the line has none
	sure     bool // it ends a join; the others are also seen while all is well
}

// A line begins with "[17:41:40]" and, where it is no plain one, "[Error]". What
// comes from the server's scripts may say anything; it bears a resource's name in
// such brackets and so is not taken for the client's.
var (
	lineHead = regexp.MustCompile(`^\s*(?:\[(\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?\]\s*)?(?:\[(?:Error|Warning|Info)\]\s*)?`)
	curlLine = regexp.MustCompile(`(?i)^HTTP Request failed, curl code: (\d{1,3})\b`)
)

// judge reads a line without its colours.
func judge(line string) finding {
	message := strings.ToLower(line[len(lineHead.FindString(line)):])
	if text, ok := strings.CutPrefix(message, "connection failed"); ok {
		text = strings.TrimLeft(text, ": \t")
		for _, known := range connectTexts {
			if strings.HasPrefix(text, known.text) {
				return finding{reason: known.reason, sure: true}
			}
		}
		return finding{reason: ConnectionFailed, sure: true}
	}
	// Seen with a client and a server of different versions
	// (altmp/altv-js-module #143).
	if strings.HasPrefix(message, "error: invalid connection info") {
		return finding{reason: BadConnectInfo, sure: true}
	}
	// Any request can fail like this, such as those to alt:V's own servers.
	if match := curlLine.FindStringSubmatch(message); match != nil {
		code, _ := strconv.Atoi(match[1])
		return finding{reason: HTTPFailed, curlCode: code}
	}
	// Each reconnect from within the game begins with this.
	if strings.HasPrefix(message, "disconnected") {
		return finding{reason: Disconnected}
	}
	return finding{}
}
