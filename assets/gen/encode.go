package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"image"
	"image/png"

	"github.com/sergeymakinen/go-ico"
)

func encodePNG(picture image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func encodeICO(pictures []image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := ico.EncodeAll(&out, pictures); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// encodePack packs files of one length, one after the other, with gzip. Each
// but the first is combined with the first by exclusive or: what is the same in
// both becomes zeros, which take next to no room.
func encodePack(files [][]byte) ([]byte, error) {
	var out bytes.Buffer
	pack, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for n, file := range files {
		if len(file) != len(files[0]) {
			return nil, fmt.Errorf("file %d of a pack has %d bytes and not %d as the first", n, len(file), len(files[0]))
		}
		if n > 0 {
			file = bytes.Clone(file)
			for i := range file {
				file[i] ^= files[0][i]
			}
		}
		if _, err := pack.Write(file); err != nil {
			return nil, err
		}
	}
	if err := pack.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
