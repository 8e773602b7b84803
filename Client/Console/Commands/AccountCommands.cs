using MmoOrleans.ConsoleClient.Output;
using MmoOrleans.Sdk;

namespace MmoOrleans.ConsoleClient.Commands;

/// <summary>Accounts.</summary>
public sealed class AccountCommands(MmoClient client)
{
    public IEnumerable<ConsoleCommand> All =>
    [
        new("register", "NAME PASSWORD [EMAIL]", "make an account", Register),
        new("login", "NAME PASSWORD", "log in; whoever holds the account is disconnected", Login),
        new("logout", "", "end the session", Logout),
    ];

    private async Task<CommandResult> Register(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var answer = await client.RegisterAsync(words[0], words[1], words.ElementAtOrDefault(2) ?? "", cancellation);
        return CommandResult.Of(answer, registered => OutputLine.Ok("register").With("name", words[0]).With("account", Hex(registered.AccountId)));
    }

    private async Task<CommandResult> Login(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var answer = await client.LoginAsync(words[0], words[1], cancellation);
        return CommandResult.Of(answer, login => OutputLine.Ok("login").With("name", words[0]).With("account", Hex(login.AccountId)).With("level", login.UserLevel));
    }

    private async Task<CommandResult> Logout(IReadOnlyList<string> words, CancellationToken cancellation) =>
        CommandResult.Of(await client.LogoutAsync(cancellation), _ => OutputLine.Ok("logout"));

    internal static string Hex(Google.Protobuf.ByteString id) => Convert.ToHexStringLower(id.Span);
}
