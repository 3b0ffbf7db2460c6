package main

import (
	"bytes"
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

// encodeICO draws the icon in each size, each from the vector source: a picture
// made smaller from a larger one loses its sharp edges.
func encodeICO(d drawing, sizes []int) ([]byte, error) {
	pictures := make([]image.Image, len(sizes))
	for i, size := range sizes {
		pictures[i] = d.render(size)
	}
	var out bytes.Buffer
	if err := ico.EncodeAll(&out, pictures); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
