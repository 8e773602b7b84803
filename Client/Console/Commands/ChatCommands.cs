using MmoOrleans.ConsoleClient.Output;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;

namespace MmoOrleans.ConsoleClient.Commands;

/// <summary>Talking.</summary>
public sealed class ChatCommands(MmoClient client)
{
    public IEnumerable<ConsoleCommand> All =>
    [
        new("say", "TEXT", "to those near", async (words, token) => Said("say", await client.SayAsync(words[0], token))),
        new("global", "TEXT", "to everybody", async (words, token) => Said("global", await client.GlobalAsync(words[0], token))),
        new("whisper", "NAME TEXT", "to one character", async (words, token) => Said("whisper", await client.WhisperAsync(words[0], words[1], token))),
    ];

    private static CommandResult Said(string command, Answer<SayAccepted> answer) => CommandResult.Of(answer, _ => OutputLine.Ok(command));
}
