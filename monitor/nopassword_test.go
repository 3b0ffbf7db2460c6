package monitor

import (
	"testing"
	"time"
)

// TestRule3EmptyBodyFallsBack: two joins without a password that fall back say
// that the server probably wants one, not that the password is wrong.
func TestRule3EmptyBodyFallsBack(t *testing.T) {
	empty := func(from Time) []step {
		ms := int(from / time.Millisecond)
		return []step{
			{ms, Ask(), "asked, read", Waiting}, {ms + 1, noPassword, "", Waiting}, {ms + 2, menu, "send 1", Posting},
			{ms + 3, accepted, "accepted", Leaving}, {ms + 50, connecting, "", Joining}, {ms + 1000, downloading, "", Joining},
		}
	}
	runScenarios(t, []scenario{
		{
			name: "rule 3: automatic: the second attempt is the last", given: then(clientMenu, empty(time.Second)...),
			steps: []step{
				{8000, menu, "fell_back, again in 1s", Backoff}, {9000, Tick(), "read", Waiting}, {9001, noPassword, "", Waiting},
				{9002, menu, "send 2", Posting}, {9003, accepted, "accepted", Leaving}, {9050, connecting, "", Joining},
				{18_000, menu, "failed password_wanted", NoJob}, {600_000, menu, "", NoJob},
			},
		},
		{
			name: "rule 3: two clicks, the client in ERROR after each", config: notAuto,
			given: then(clientMenu, append(empty(time.Second), step{9000, clientError, "failed client_error", NoJob}, step{20_000, menu, "ready", NoJob})...),
			steps: then(empty(0), step{9000, clientError, "failed password_wanted", NoJob}),
		},
		{
			name: "rule 3: not where the second had a password", config: notAuto,
			given: then(clientMenu, append(empty(time.Second), step{9000, menu, "failed fell_back", NoJob})...),
			steps: []step{
				{0, PasswordChanged(), "", NoJob}, {1, Ask(), "asked, read", Waiting}, {2, password, "", Waiting}, {3, menu, "send 1", Posting},
				{4, accepted, "accepted", Leaving}, {50, connecting, "", Joining}, {9000, menu, "failed fell_back", NoJob},
			},
		},
	})
}
