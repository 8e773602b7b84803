using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Chat;
using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.ConsoleClient.Output;

/// <summary>Prints what happens by itself, one <c>event</c> line each.</summary>
public static class EventLines
{
    public static void Print(MmoClient client, Transcript transcript)
    {
        PrintConnections(client, transcript);
        PrintMap(client, transcript);
        client.Heard += line => transcript.Event(Chat(line));
        client.ChatSkipped += skipped => transcript.Event(OutputLine.Event("chat-skipped").With("channel", skipped.Channel).With("lines", skipped.Lines));
        client.GameReceived += game => transcript.Event(OutputLine.Event("game").With("kind", game.Kind).WithText("text", game.Payload.ToStringUtf8()));
        client.GameRefused += refused => transcript.Event(OutputLine.Event("game-refused").With("reason", ErrorNames.Of(refused.Code)).WithText("sentence", refused.Sentence));
    }

    private static void PrintConnections(MmoClient client, Transcript transcript)
    {
        client.CentralConnected += at => transcript.Event(OutputLine.Event("central connected").With("address", at.ToString()));
        client.CentralDisconnected += reason => transcript.Event(Disconnected("central", reason));
        client.MapConnected += at => transcript.Event(OutputLine.Event("map connected").With("address", at.ToString()));
        client.MapDisconnected += reason => transcript.Event(Disconnected("map", reason));
        client.MapStopped += _ => transcript.Event(OutputLine.Event("map stopped"));
        client.Kicked += reason => transcript.Event(OutputLine.Event("kicked").With("reason", ErrorNames.Of(reason.Code)).WithText("sentence", reason.Sentence));
        client.Resumed += visit => transcript.Event(OutputLine.Event("resumed").With("map", visit.Map).With(visit.Start.Position));
    }

    private static void PrintMap(MmoClient client, Transcript transcript)
    {
        client.Entered += entity => transcript.Event(Place(OutputLine.Event("entered"), entity));
        client.Left += entity => transcript.Event(OutputLine.Event("left").With("name", entity.Name).With("id", entity.Id));
        client.Corrected += correction => transcript.Event(OutputLine.Event("corrected").With("reason", ErrorNames.Of(correction.Code)).With(correction.Position));
        client.Warping += to => transcript.Event(OutputLine.Event("warping").With("map", to.Map));
        client.Warped += visit => transcript.Event(OutputLine.Event("warped").With("map", visit.Map).With(visit.Start.Position));
        client.Teleported += position => transcript.Event(OutputLine.Event("warped").With("map", client.World.Visit?.Map ?? "").With(position));
        client.WarpRefused += refusal => transcript.Event(OutputLine.Event("warp-refused").With("map", refusal.ToMap).With("reason", ErrorNames.Of(refusal.Code)).WithText("sentence", refusal.Sentence));
    }

    /// <summary>Name, id and position of something in view.</summary>
    public static OutputLine Place(OutputLine line, Entity entity) =>
        line.With("name", entity.Name).With("id", entity.Id).With("kind", entity.Kind.ToString().ToLowerInvariant()).With(entity.Position);

    private static OutputLine Chat(ChatLine line)
    {
        var chat = OutputLine.Event("chat").With("channel", line.Kind.ToString().ToLowerInvariant()).With("from", line.From);
        if (line.Kind == ChatKind.Whisper) chat.With("to", line.To);
        return chat.WithText("text", line.Text);
    }

    private static OutputLine Disconnected(string place, DisconnectReason reason) =>
        OutputLine.Event($"{place} disconnected").With("cause", reason.Cause.ToString()).With("reason", ErrorNames.Of(reason.Code)).WithText("sentence", reason.Sentence);
}
