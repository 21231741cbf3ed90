// Creates a pod and waits for its one answer: go run . localhost:19092 hello
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

type event struct {
	Type        string `json:"type"`
	CausationID string `json:"causationid"`
	Data        struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	} `json:"data"`
}

func main() {
	log.SetFlags(0)
	broker, name := os.Args[1], os.Args[2]
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()

	// The same id again is the same command, and has no second effect.
	id := fmt.Sprintf("go-%d", time.Now().UnixNano())
	command, err := json.Marshal(map[string]any{
		"specversion": "1.0", "id": id, "source": "/docs/go", "type": "io.podwire.pod.create.v1",
		"data": map[string]any{
			"pod": map[string]any{
				"name": name, "image": "busybox:1.36", "command": []string{"sh", "-c", "echo hi"},
				"resources": map[string]string{"cpu": "50m", "memory": "32Mi"},
			},
			"await": map[string]string{"state": "Finished", "timeout": "2m"},
		},
	})
	if err != nil {
		log.Fatal(err)
	}

	// Events are read from where they end now. The producer's default partitioner is Java's.
	client, err := kgo.NewClient(kgo.SeedBrokers(broker), kgo.FetchIsolationLevel(kgo.ReadCommitted()))
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	ends, err := kadm.NewClient(client).ListEndOffsets(ctx, "pod-events")
	if err != nil {
		log.Fatal(err)
	}
	client.AddConsumePartitions(ends.KOffsets())

	record := &kgo.Record{Topic: "pod-commands", Key: []byte("default/" + name), Value: command}
	if err := client.ProduceSync(ctx, record).FirstErr(); err != nil {
		log.Fatal(err)
	}
	for {
		fetches := client.PollFetches(ctx)
		if err := fetches.Err(); err != nil {
			log.Fatal(err)
		}
		for _, record := range fetches.Records() {
			var e event
			if err := json.Unmarshal(record.Value, &e); err != nil || e.CausationID != id {
				continue
			}
			fmt.Println(e.Type)
			switch e.Type {
			case "io.podwire.command.succeeded.v1", "io.podwire.command.duplicate.v1":
				return
			case "io.podwire.command.failed.v1", "io.podwire.command.rejected.v1":
				log.Fatal(e.Data.Error.Message)
			}
		}
	}
}
