using System.ComponentModel;
using System.Diagnostics;
using MmoOrleans.EndToEnd.Hosts;

namespace MmoOrleans.Chaos.Worlds;

/// <summary>
/// Hosts in networks of their own (Linux network namespaces), all on one bridge with this machine, which a test can take apart: each
/// then reaches this machine, where the clients and the database are, and no other host. Skips the test where the machine forbids that.
/// </summary>
public sealed class Network : IAsyncDisposable
{
    private readonly int _number = (Environment.ProcessId % 250) + 1;
    private readonly List<Site> _sites = [];

    private Network()
    {
    }

    public IReadOnlyList<Site> Sites => _sites;

    /// <summary>This machine, as the sites reach it.</summary>
    public string Here => AddressOf(1);

    private string Bridge => $"mmoc{_number}b";

    public static async Task<Network> Make(int sites)
    {
        var network = new Network();
        try
        {
            await network.Build(sites);
            return network;
        }
        catch (Exception forbidden) when (forbidden is Win32Exception or InvalidOperationException)
        {
            await network.DisposeAsync();
            Assert.Skip($"This machine makes no network namespaces, so no network can be cut: {forbidden.Message}");
            throw;
        }
    }

    /// <summary>No two sites hear of each other from here on.</summary>
    public Task Cut() => SetIsolated("on");

    public Task Heal() => SetIsolated("off");

    public async ValueTask DisposeAsync()
    {
        for (var site = 0; site < _sites.Count; site++)
            await Try("netns", "del", NameOf(site));
        await Try("link", "del", Bridge);
    }

    private async Task Build(int sites)
    {
        await Ip("link", "add", Bridge, "type", "bridge");
        await Ip("addr", "add", $"{Here}/24", "dev", Bridge);
        await Ip("link", "set", Bridge, "up");
        for (var site = 0; site < sites; site++)
        {
            _sites.Add(new Site(AddressOf(site + 2), "ip", "netns", "exec", NameOf(site)));
            await Ip("netns", "add", NameOf(site));
            await Ip("link", "add", PortOf(site), "type", "veth", "peer", "name", "eth0", "netns", NameOf(site));
            await Ip("link", "set", PortOf(site), "master", Bridge, "up");
            await Ip("-n", NameOf(site), "addr", "add", $"{_sites[site].Address}/24", "dev", "eth0");
            await Ip("-n", NameOf(site), "link", "set", "eth0", "up");
            await Ip("-n", NameOf(site), "link", "set", "lo", "up");
        }
    }

    private async Task SetIsolated(string onOrOff)
    {
        for (var site = 0; site < _sites.Count; site++)
            await Ip("link", "set", "dev", PortOf(site), "type", "bridge_slave", "isolated", onOrOff);
    }

    private string AddressOf(int host) => $"10.91.{_number}.{host}";

    private string NameOf(int site) => $"mmoc{_number}n{site}";

    private string PortOf(int site) => $"mmoc{_number}p{site}";

    /// <summary>Of what was not made there is nothing to remove.</summary>
    private static async Task Try(params string[] arguments)
    {
        try
        {
            await Ip(arguments);
        }
        catch (Exception missing) when (missing is Win32Exception or InvalidOperationException)
        {
            TestContext.Current.SendDiagnosticMessage(missing.Message);
        }
    }

    private static async Task Ip(params string[] arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var errors = await ip.StandardError.ReadToEndAsync();
        await ip.WaitForExitAsync();
        if (ip.ExitCode != 0)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {errors.Trim()}");
    }
}
