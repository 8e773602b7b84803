using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using MmoOrleans.Gateway;
using MmoOrleans.Silo.Hosting;

namespace MmoOrleans.Silo.Tests.Hosting;

public sealed class TakingPorts
{
    private static readonly string[] AnyPorts = ["-centralPort", "0", "-httpPort", "0", "-dashboardPort", "0", "-siloPort", "0", "-orleansGatewayPort", "0", "-listenAddress", "127.0.0.1"];

    [Fact]
    public void A_port_of_0_becomes_one_that_is_free()
    {
        var ports = ListenPorts.Reserve(Starting.With(AnyPorts));

        int[] got = [ports.Game, ports.Http, ports.Dashboard, ports.Silo, ports.OrleansGateway];
        Assert.All(got, port => Assert.InRange(port, 1, 65535));
    }

    [Fact]
    public void One_that_was_free_is_held_for_its_listener()
    {
        using var ports = ListenPorts.Reserve(Starting.With(AnyPorts));
        using var again = ListenPorts.Reserve(Starting.With(AnyPorts));

        int[] got = [ports.Game, ports.Http, ports.Dashboard, ports.Silo, ports.OrleansGateway, again.Game, again.Http, again.Dashboard, again.Silo, again.OrleansGateway];
        Assert.Equal(got.Length, got.Distinct().Count());
        foreach (var port in got)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
    }

    [Fact]
    public void A_silo_without_a_gateway_needs_no_game_port()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string[] arguments = [.. AnyPorts, "-embeddedGateway", "false"];
        arguments[Array.IndexOf(arguments, "-centralPort") + 1] = $"{((IPEndPoint)taken.LocalEndpoint).Port}";

        using var ports = ListenPorts.Reserve(Starting.With(arguments));

        Assert.Equal(0, ports.Game);
    }

    [Theory]
    [InlineData("-embeddedGateway", "true", 1_000 + 123)]
    [InlineData("-embeddedGateway", "false", 1_000)]
    public async Task The_public_HTTP_port_is_bounded_with_a_gateway_and_without(string key, string value, int connections)
    {
        var settings = Starting.With([.. AnyPorts, key, value, "-centralMaxConnections", "123"]);
        await using var silo = SiloApplication.Build(settings, ListenPorts.Reserve(settings), []);

        var limits = silo.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((connections, TimeSpan.FromSeconds(5)), (limits.MaxConcurrentConnections, limits.RequestHeadersTimeout));
    }

    [Theory]
    [InlineData("centralPort")]
    [InlineData("httpPort")]
    [InlineData("dashboardPort")]
    [InlineData("siloPort")]
    [InlineData("orleansGatewayPort")]
    public void A_port_in_use_is_named_with_its_key(string key)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        string[] arguments = [.. AnyPorts];
        arguments[Array.IndexOf(arguments, $"-{key}") + 1] = $"{port}";

        var failure = Assert.Throws<StartFailure>(() => ListenPorts.Reserve(Starting.With(arguments)));

        Assert.Equal(ExitCode.PortInUse, failure.Code);
        Assert.StartsWith($"{key} {port}: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_address_that_answers_is_no_warning_and_one_that_does_not_is()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var listen = Starting.With().Listen;
        Assert.Null(await PublicAddressCheck.Warning(listen, port, default));

        listener.Stop();
        Assert.StartsWith($"publicAddress 127.0.0.1:{port}, which clients are told, cannot be reached from here: ", await PublicAddressCheck.Warning(listen, port, default));
        Assert.Null(await PublicAddressCheck.Warning(listen with { HostsGateway = false }, port, default));
    }
}
