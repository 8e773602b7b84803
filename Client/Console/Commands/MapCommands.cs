using System.Globalization;
using Google.Protobuf;
using MmoOrleans.ConsoleClient.Output;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.ConsoleClient.Commands;

/// <summary>On the map: where, who, walking, leaving.</summary>
public sealed class MapCommands(MmoClient client, Transcript transcript)
{
    private static readonly CommandResult NotOnMap = new CommandResult.Failed(ErrorNames.Of(ErrorCode.InvalidState), "The character is on no map.");

    public IEnumerable<ConsoleCommand> All =>
    [
        new("where", "", "channel, map and position", (_, _) => OnMap(Where)),
        new("move", "X Z", "walk there, in metres", Move),
        new("warps", "", "the places that lead elsewhere", (_, _) => OnMap(Warps)),
        new("who", "", "those in view", (_, _) => OnMap(_ => Who())),
        new("game", "KIND TEXT", "send a message of the game's own", Game),
        new("leave", "", "back to the character list", Leave),
    ];

    private Task<CommandResult> OnMap(Func<MapVisit, CommandResult> then) =>
        Task.FromResult(client.World.Visit is { } visit ? then(visit) : NotOnMap);

    private CommandResult Where(MapVisit visit) =>
        CommandResult.Done(OutputLine.Ok("where").With("channel", visit.ChannelId).With("map", visit.Map).With(client.World.Own?.Position ?? default));

    private CommandResult Warps(MapVisit visit)
    {
        foreach (var warp in visit.Warps)
        {
            transcript.Item(OutputLine.Item("warp").With("name", warp.Name).With("map", warp.ToMap)
                .With("x", warp.Corner.X).With("z", warp.Corner.Z).With("width", warp.Size.X).With("length", warp.Size.Z));
        }

        return CommandResult.Done(OutputLine.Ok("warps").With("count", visit.Warps.Count));
    }

    private CommandResult Who()
    {
        var others = client.World.Entities.Where(one => one != client.World.Own && one.Name.Length > 0).OrderBy(one => one.Id).ToList();
        foreach (var other in others) transcript.Item(EventLines.Place(OutputLine.Item("entity"), other));
        return CommandResult.Done(OutputLine.Ok("who").With("count", others.Count));
    }

    private async Task<CommandResult> Move(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        if (!IsMetres(words[0], out var x) || !IsMetres(words[1], out var z)) return new CommandResult.Failed("USAGE", "move X Z, in metres.");
        var answer = await client.WalkToAsync(x, z, cancellation);
        if (!answer.IsGranted(out var end)) return CommandResult.NotDone(answer);
        return end switch
        {
            WalkEnd.Blocked blocked => new CommandResult.Failed("BLOCKED", OutputLine.Of(ErrorNames.Of(blocked.Code)).With(blocked.Position).ToString()),
            WalkEnd.Interrupted interrupted => new CommandResult.Failed("INTERRUPTED", interrupted.Why),
            _ => CommandResult.Done(OutputLine.Ok("move").With("map", client.World.Visit?.Map ?? "").With(end.Position)),
        };
    }

    private Task<CommandResult> Game(IReadOnlyList<string> words, CancellationToken cancellation) => OnMap(_ =>
    {
        if (!uint.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var kind)) return new CommandResult.Failed("USAGE", "game KIND TEXT, where KIND is a number.");
        client.SendGame(kind, ByteString.CopyFromUtf8(words[1]));
        return CommandResult.Done(OutputLine.Ok("game").With("kind", kind));
    });

    private async Task<CommandResult> Leave(IReadOnlyList<string> words, CancellationToken cancellation) =>
        CommandResult.Of(await client.LeaveMapAsync(cancellation), _ => OutputLine.Ok("leave"));

    private static bool IsMetres(string word, out float metres) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out metres) && float.IsFinite(metres);
}
