using MmoOrleans.ConsoleClient.Output;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;

namespace MmoOrleans.ConsoleClient.Commands;

/// <summary>Channels and characters, by their names.</summary>
public sealed class CharacterCommands(MmoClient client, Transcript transcript)
{
    public IEnumerable<ConsoleCommand> All =>
    [
        new("channels", "", "the channels with their live counts", Channels),
        new("characters", "", "the account's characters", Characters),
        new("create", "NAME", "make a character", Create),
        new("delete", "NAME", "delete a character", Delete),
        new("select", "NAME [CHANNEL]", "enter the map with a character", Select),
    ];

    private async Task<CommandResult> Channels(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var answer = await client.ChannelsAsync(cancellation);
        if (!answer.IsGranted(out var list)) return CommandResult.NotDone(answer);
        foreach (var channel in list.Channels)
            transcript.Item(OutputLine.Item("channel").With("id", channel.Id).With("title", channel.Title).With("connections", channel.Connections).With("max", channel.MaxConnections));
        return CommandResult.Done(OutputLine.Ok("channels").With("count", list.Channels.Count));
    }

    private async Task<CommandResult> Characters(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var answer = await client.CharactersAsync(cancellation);
        if (!answer.IsGranted(out var list)) return CommandResult.NotDone(answer);
        foreach (var character in list.Characters)
            transcript.Item(OutputLine.Item("character").With("name", character.Name).With("id", AccountCommands.Hex(character.CharacterId)));
        return CommandResult.Done(OutputLine.Ok("characters").With("count", list.Characters.Count).With("max", list.MaxCharacters));
    }

    private async Task<CommandResult> Create(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var answer = await client.CreateCharacterAsync(words[0], cancellation: cancellation);
        return CommandResult.Of(answer, created => OutputLine.Ok("create").With("name", created.Character.Name).With("id", AccountCommands.Hex(created.Character.CharacterId)));
    }

    private Task<CommandResult> Delete(IReadOnlyList<string> words, CancellationToken cancellation) => WithCharacter(words[0], cancellation, async character =>
        CommandResult.Of(await client.DeleteCharacterAsync(character.CharacterId, cancellation), _ => OutputLine.Ok("delete").With("name", character.Name)));

    private Task<CommandResult> Select(IReadOnlyList<string> words, CancellationToken cancellation) => WithCharacter(words[0], cancellation, async character =>
    {
        var answer = await client.SelectAndEnterAsync(character.CharacterId, words.ElementAtOrDefault(1) ?? "", cancellation);
        return CommandResult.Of(answer, visit => OutputLine.Ok("select").With("name", character.Name).With("channel", visit.ChannelId).With("map", visit.Map).With(visit.Start.Position));
    });

    private async Task<CommandResult> WithCharacter(string name, CancellationToken cancellation, Func<Character, Task<CommandResult>> then)
    {
        var answer = await client.CharactersAsync(cancellation);
        if (!answer.IsGranted(out var list)) return CommandResult.NotDone(answer);
        var character = list.Characters.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));
        return character is null
            ? new CommandResult.Failed(ErrorNames.Of(ErrorCode.CharacterNotFound), $"The account has no character {name}.")
            : await then(character);
    }
}
