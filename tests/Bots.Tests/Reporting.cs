using System.Text.Json;

namespace MmoOrleans.Bots.Tests;

public sealed class Reporting
{
    private static readonly LatencyReport NoTimes = new(0, 0, 0, 0, 0);

    private static readonly Report Good = new(
        2, 2, 0, 0, 0, 0, 20, "tcp", 50, 20, 20, 40, 1000, 1, 0, NoTimes, new ChatReport(0, 0, 0, 0, NoTimes), NoTimes, [], 20, 100, new DeliveryReport(0, 0, 1), 0.1, 1)
    { HasReceived = true };

    [Fact]
    public void The_names_in_the_JSON_do_not_change()
    {
        var names = JsonSerializer.SerializeToElement(Good, LineFile.Format).EnumerateObject().Select(one => one.Name);

        Assert.Equal(
            "clients connected dropped errors corrections busy seconds transport logins_per_s moves_sent_per_s updates_received_per_s frames_received_per_s bytes_per_client_per_s visible_mean warps latency_ms chat generator_lag_ms problems frames_per_client_per_s sent_bytes_per_client_per_s delivery cpu_ms_per_client_per_s last_entry_s frames_of_one_per_s deaf",
            string.Join(' ', names));
        Assert.Equal("""{"samples":0,"p50":0,"p95":0,"p99":0,"max":0}""", JsonSerializer.Serialize(NoTimes, LineFile.Format));
        Assert.Equal("""{"sent":0,"expected":0,"received":0,"duplicates":0,"latency_ms":{"samples":0,"p50":0,"p95":0,"p99":0,"max":0}}""", JsonSerializer.Serialize(Good.Chat, LineFile.Format));
    }

    [Fact]
    public void The_exit_code_follows_from_the_report()
    {
        Assert.Equal(0, Good.ExitCode);
        Assert.Equal(1, (Good with { Dropped = 1 }).ExitCode);
        Assert.Equal(1, (Good with { Errors = 1 }).ExitCode);
        Assert.Equal(1, (Good with { Connected = 1 }).ExitCode);
        Assert.Equal(1, (Good with { HasReceived = false }).ExitCode);
        Assert.Equal(3, (Good with { IsUnreachable = true, Errors = 1 }).ExitCode);
    }

    [Fact]
    public void Percentiles_are_the_upper_edge_of_a_tenth_of_a_millisecond()
    {
        var times = new LatencyHistogram();
        for (var ms = 1; ms <= 100; ms++) times.Add(TimeSpan.FromMilliseconds(ms - 0.05));
        times.Add(TimeSpan.FromMinutes(1));

        Assert.Equal(new LatencyReport(101, 51, 96, 100, 10_000), LatencyReport.Of(times));
    }
}
