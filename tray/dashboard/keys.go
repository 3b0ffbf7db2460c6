package dashboard

import (
	"crypto/rand"
	"crypto/subtle"
	"slices"
	"sync"
	"time"
)

const (
	codeLife = time.Minute
	maxKeys  = 16 // the most codes, and the most tokens; the newest are kept
)

// keys are one-time codes, each valid for codeLife, and the tokens that they were exchanged for, each
// valid until the app ends. The zero value has none.
type keys struct {
	mu     sync.Mutex
	codes  []code
	tokens []string
}

type code struct {
	text  string
	until time.Time
}

func (k *keys) newCode(now time.Time) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	c := code{rand.Text(), now.Add(codeLife)}
	k.codes = newest(append(k.codes, c))
	return c.text
}

// exchange returns a token for a code, which it ends; false if the code is not valid.
func (k *keys) exchange(text string, now time.Time) (token string, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.codes = slices.DeleteFunc(k.codes, func(c code) bool { return !now.Before(c.until) })
	for i, c := range k.codes {
		if same(c.text, text) {
			k.codes = slices.Delete(k.codes, i, i+1)
			token = rand.Text() + rand.Text()
			k.tokens = newest(append(k.tokens, token))
			return token, true
		}
	}
	return "", false
}

func (k *keys) valid(token string) (valid bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, t := range k.tokens {
		valid = same(t, token) || valid
	}
	return valid
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func newest[T any](all []T) []T { return all[max(0, len(all)-maxKeys):] }
