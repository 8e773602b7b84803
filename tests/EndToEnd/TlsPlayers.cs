using System.Text.RegularExpressions;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.EndToEnd.Players;

namespace MmoOrleans.EndToEnd;

/// <summary>Players over TLS, by TCP and by WebSocket. They play at consoles, because whom a process trusts is said in its environment.</summary>
public sealed class TlsPlayers
{
    private static readonly string[] Secure = ["-publicAddress", "localhost", "-gameSecure", "-webSocketSecure"];

    [Theory]
    [InlineData(CertificateForm.Pfx)]
    [InlineData(CertificateForm.PemWithItsKey)]
    [InlineData(CertificateForm.PemBesideItsKey)]
    [InlineData(CertificateForm.PemBesideItsEncryptedKey)]
    public async Task One_by_tcp_and_one_by_websocket_meet_and_talk_over_tls_alone(CertificateForm form)
    {
        using var certificate = new SignedCertificate();
        await using var server = new Server();
        await server.Start([.. Secure, .. certificate.Settings(form)]);
        var (tls, wss) = ($"tls://localhost:{server.GamePort}", $"wss://localhost:{server.WebSocketPort}/ws");
        await using var ada = new ConsolePlayer(tls, certificate.Authority);
        await using var bob = new ConsolePlayer(wss, certificate.Authority);
        await Task.WhenAll(Plays(ada, "Ada"), Plays(bob, "Bob"));

        await ada.Prints("^event entered name=Bob ");
        await bob.Prints("^event entered name=Ada ");
        await ada.Does("say by tcp", "^ok say$");
        await bob.Prints("^event chat channel=local from=Ada text=\"by tcp\"$");
        await bob.Does("say by websocket", "^ok say$");
        await ada.Prints("^event chat channel=local from=Bob text=\"by websocket\"$");
        await bob.Does("leave", "^ok leave$");
        await ada.Prints("^event left name=Bob ");
        await ada.Does("leave", "^ok leave$");

        Assert.Equal([$"central {tls}", $"map {tls}", $"central {tls}"], Connections(ada));
        Assert.Equal([$"central {wss}", $"map {wss}", $"central {wss}"], Connections(bob));
        Assert.Equal((0, 0), (await ada.Leaves(), await bob.Leaves()));
    }

    [Fact]
    public async Task Who_cannot_trust_the_certificate_is_told_why_and_is_not_connected()
    {
        using var certificate = new SignedCertificate();
        await using var server = new Server();
        await server.Start([.. Secure, .. certificate.Settings(CertificateForm.PemWithItsKey)]);
        var (tls, wss) = (server.GamePort, $"{server.WebSocketPort}/ws");

        await Task.WhenAll(
            IsTurnedAway($"tls://localhost:{tls}", trusted: null, "PartialChain|UntrustedRoot"),
            IsTurnedAway($"wss://localhost:{wss}", trusted: null, "PartialChain|UntrustedRoot"),
            IsTurnedAway($"tls://127.0.0.1:{tls}", certificate.Authority, "RemoteCertificateNameMismatch"),
            IsTurnedAway($"wss://127.0.0.1:{wss}", certificate.Authority, "RemoteCertificateNameMismatch"));
    }

    private static async Task Plays(ConsolePlayer player, string name)
    {
        await player.Does($"register {name}_account secret", "^ok register ");
        await player.Does($"login {name}_account secret", "^ok login ");
        await player.Does($"create {name}", "^ok create ");
        await player.Does($"select {name}", $"^ok select name={name} ");
    }

    private static async Task IsTurnedAway(string server, string? trusted, string why)
    {
        await using var player = new ConsolePlayer(server, trusted);
        await player.Does("login ada secret", $"^error login SERVICE_NOT_AVAILABLE {server} cannot be reached: .*certificate is invalid.*({why})");
        Assert.Equal(3, await player.Ended());
        Assert.Single(player.Output); // Nothing was connected, and so nothing ended.
    }

    /// <summary>Where a player was, in order, and at which addresses.</summary>
    private static IEnumerable<string> Connections(ConsolePlayer player) => player.Output
        .Select(line => Regex.Match(line, "^event (central|map) connected address=(.*)$"))
        .Where(match => match.Success)
        .Select(match => $"{match.Groups[1]} {match.Groups[2]}");
}
