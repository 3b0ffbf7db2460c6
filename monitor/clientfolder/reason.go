package clientfolder

import (
	"regexp"
	"strconv"
	"strings"

	"altv-tray/monitor/problem"
)

// connectTexts are what follows "Connection failed: " in a log, in lower case and
// as far as it is the same in all versions.
//
// Seen in logs of public issue threads (altmp/altv-issues): "Timed out" and
// "Error connecting to HTTP server" (#210, #1559), "Refused by server" (#2034),
// "Server not responding" (#1274). "Wrong password" is told in #1229. The others,
// and the keys in capitals (#509 has two of them), are the client's own English
// texts and their keys in its public translations (altmp/altv-locales); those in
// a log are not proved, so whatever is not known is ClientConnectionFailed.
var connectTexts = []struct {
	text   string
	reason problem.Code
}{
	{"timed out", problem.ClientTimedOut},
	{"timed_out", problem.ClientTimedOut},
	{"error connecting to http server", problem.ClientHTTPFailed},
	{"failed to connect to http server", problem.ClientHTTPFailed},
	{"http_server_connect_failed", problem.ClientHTTPFailed},
	{"refused by server", problem.ClientRefusedByServer},
	{"refused_by_server", problem.ClientRefusedByServer},
	{"server not responding", problem.ClientNotResponding},
	{"server_not_responding", problem.ClientNotResponding},
	{"wrong password", problem.ClientWrongPassword},
	{"wrong_password", problem.ClientWrongPassword},
	{"debug mode is not allowed", problem.ClientDebugNotAllowed},
	{"debug_not_allowed", problem.ClientDebugNotAllowed},
	{"server uses a different update branch", problem.ClientWrongBranch},
	{"wrong_branch", problem.ClientWrongBranch},
	{"server is running a different version", problem.ClientWrongVersion},
	{"server is using a newer version", problem.ClientWrongVersion},
	{"server is using an older version", problem.ClientWrongVersion},
	{"wrong_stable_build", problem.ClientWrongVersion},
	{"wrong_beta_build", problem.ClientWrongVersion},
	{"client_outdated", problem.ClientWrongVersion},
	{"server_outdated", problem.ClientWrongVersion},
	{"the cdn doesn't match", problem.ClientWrongCDN},
	{"invalid_cdn_url", problem.ClientWrongCDN},
	{"failed to download resource", problem.ClientResourceFailed},
	{"resource_download_failed", problem.ClientResourceFailed},
	{"failed_to_download_resource", problem.ClientResourceFailed},
	{"integrity check of resource failed", problem.ClientResourceFailed},
	{"resource_check_failed", problem.ClientResourceFailed},
	{"validation of resource", problem.ClientResourceFailed},
	{"failed_to_validate_resource", problem.ClientResourceFailed},
	{"failed to open resource", problem.ClientResourceFailed},
	{"failed_to_open_resource_file", problem.ClientResourceFailed},
	{"failed to write to resource", problem.ClientResourceFailed},
	{"failed_to_write_to_resource", problem.ClientResourceFailed},
	{"early auth failed", problem.ClientEarlyAuthFailed},
	{"early_auth_failed", problem.ClientEarlyAuthFailed},
	{"failed to verify game license", problem.ClientLicenseFailed},
	{"failed_to_verify_game_license", problem.ClientLicenseFailed},
	{"you've been kicked", problem.ClientKicked},
	{"kicked_out", problem.ClientKicked},
	{"server shutdown", problem.ClientServerShutdown},
	{"server_shutdown", problem.ClientServerShutdown},
	{"lost connection to server", problem.ClientLostConnection},
	{"lost_connection", problem.ClientLostConnection},
	{"connection cancelled", problem.ClientCancelled},
	{"connection_cancelled", problem.ClientCancelled},
	{"invalid client information", problem.ClientBadConnectInfo},
	{"invalid_client_information", problem.ClientBadConnectInfo},
	{"invalid server information", problem.ClientBadConnectInfo},
	{"invalid_server_information", problem.ClientBadConnectInfo},
	{"failed to parse connect.json", problem.ClientBadConnectInfo},
	{"failed_to_parse_connect_json", problem.ClientBadConnectInfo},
	{"server not found", problem.ClientBadAddress},
	{"server_not_found", problem.ClientBadAddress},
	{"invalid address", problem.ClientBadAddress},
	{"invalid_address", problem.ClientBadAddress},
}

// finding is what one line of a log tells.
type finding struct {
	reason   problem.Code
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
		return finding{reason: problem.ClientConnectionFailed, sure: true}
	}
	// Seen with a client and a server of different versions
	// (altmp/altv-js-module #143).
	if strings.HasPrefix(message, "error: invalid connection info") {
		return finding{reason: problem.ClientBadConnectInfo, sure: true}
	}
	// Any request can fail like this, such as those to alt:V's own servers.
	if match := curlLine.FindStringSubmatch(message); match != nil {
		code, _ := strconv.Atoi(match[1])
		return finding{reason: problem.ClientHTTPFailed, curlCode: code}
	}
	// Each reconnect from within the game begins with this.
	if strings.HasPrefix(message, "disconnected") {
		return finding{reason: problem.ClientDisconnected}
	}
	return finding{}
}
