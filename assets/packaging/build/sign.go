package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
)

// signer signs Windows programs with osslsigncode. The zero one signs nothing.
type signer struct {
	pkcs12    string // SIGN_PKCS12: the file with certificate and key
	passwords string // SIGN_PASSWORD_FILE: the file with its password
	timestamp string // SIGN_TIMESTAMP: address of a timestamp server; empty: none
}

func signerFromEnvironment() (signer, error) {
	s := signer{os.Getenv("SIGN_PKCS12"), os.Getenv("SIGN_PASSWORD_FILE"), os.Getenv("SIGN_TIMESTAMP")}
	if s.pkcs12 == "" {
		return signer{}, nil
	}
	if s.passwords == "" {
		return s, errors.New("SIGN_PKCS12 is set and SIGN_PASSWORD_FILE is not: name the file that holds its password")
	}
	_, err := exec.LookPath("osslsigncode")
	return s, err
}

func (s signer) args(r *release, in, out string) []string {
	args := []string{"sign", "-pkcs12", s.pkcs12, "-readpass", s.passwords, "-h", "sha256", "-n", "altv-tray", "-i", r.Home}
	if s.timestamp != "" {
		args = append(args, "-ts", s.timestamp)
	}
	return append(args, "-in", in, "-out", out)
}

// sign signs a file in place.
func (s signer) sign(ctx context.Context, r *release, file string) error {
	if s.pkcs12 == "" {
		return nil
	}
	signed := file + ".signed"
	if err := r.run(ctx, nil, "osslsigncode", s.args(r, file, signed)...); err != nil {
		return err
	}
	return os.Rename(signed, file)
}

// shellCommand signs the uninstaller, which is there only while makensis runs:
// the file's name is put in place of %1.
func (s signer) shellCommand(r *release) string {
	if s.pkcs12 == "" {
		return ""
	}
	var words []string
	for _, word := range s.args(r, "%1", "%1.signed") {
		words = append(words, "'"+word+"'")
	}
	return "osslsigncode " + strings.Join(words, " ") + " && mv '%1.signed' '%1'"
}
