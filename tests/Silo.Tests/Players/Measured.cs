using System.Diagnostics;
using System.Text.RegularExpressions;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.Protocol;

namespace MmoOrleans.Silo.Tests.Players;

/// <summary>What a silo on which somebody plays tells those who scrape it.</summary>
public sealed class Measured(BusySilo silo) : IClassFixture<BusySilo>
{
    private static readonly string[] Promised =
    [
        "mmo_gateway_connections", "mmo_gateway_logins_total", "mmo_gateway_frames_total", "mmo_gateway_frames_skipped_total", "mmo_gateway_rounds_skipped_total",
        "mmo_gateway_updates_total", "mmo_gateway_sent_bytes_total", "mmo_gateway_sent_writes_total", "mmo_gateway_received_bytes_total",
        "mmo_gateway_round_duration_milliseconds_bucket", "mmo_gateway_batch_size_bucket", "mmo_gateway_chat_lines_total", "mmo_gateway_refusals_total",
        "mmo_gateway_send_waiting_bytes", "mmo_gateway_send_waiting_most_bytes", "mmo_gateway_requests_waiting", "mmo_gateway_feeds_waiting",
        "mmo_maps_step_duration_milliseconds_bucket", "mmo_maps_step_skipped_total", "mmo_maps_warps_total", "mmo_maps_chat_lines_total", "mmo_maps_calls_waiting",
        "mmo_chat_lines_total", "mmo_chat_lines_waiting", "mmo_accounts_passwords_waiting",
    ];

    [Fact]
    public async Task The_Prometheus_page_names_everything_that_operators_were_promised()
    {
        var client = await silo.Enter($"m{Environment.ProcessId % 10_000}");
        await client.Ask(Commands.Chat("")); // Refused.
        await HearItself(client);
        for (uint move = 1; silo.Counts["mmo.maps.warps"] == 0; move++)
        {
            client.Send(Commands.Move(move, 1_050 + ((int)Math.Min(move, 45) * 25), 1_050)); // Into the warp at 20.5, 10.5.
            await client.Receive(message => message.Frame is not null || message.Events is not null, "a frame");
        }

        var page = await silo.Metrics();

        var named = Regex.Matches(page, "^([a-z_]+)", RegexOptions.Multiline).Select(match => match.Value).ToHashSet();
        Assert.Empty(Promised.Except(named));
        Assert.Matches("(?m)^mmo_gateway_refusals_total\\{.*code=\"[A-Za-z]+\".*\\} [0-9]+", page);
    }

    /// <summary>The first line that is said on this map. One for which the machine was too busy is refused, and said again.</summary>
    private static async Task HearItself(TestClient client)
    {
        var began = 0L;
        do
        {
            Assert.True(began == 0 || Stopwatch.GetElapsedTime(began) >= TimeSpan.FromSeconds(1.5), "It was refused too soon.");
            began = Stopwatch.GetTimestamp();
            client.Send(Commands.Chat("to all", ChatKind.Global));
        }
        while ((await client.Receive(message => IsLine(message) || message.Refused?.Code == Protocol.ErrorCode.ChatNotAvailable, "its own line")).Refused is not null);
    }

    private static bool IsLine(ServerMessage message) => message.Events?.Events.Any(one => one.Said is not null) == true;

    [Fact]
    public async Task Operations_md_lists_every_instrument_and_nothing_else()
    {
        await silo.Enter($"o{Environment.ProcessId % 10_000}"); // Now everything that counts has been made.
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "operations.md"));
        var listed = Regex.Matches(text, @"^\| `(mmo\.[a-z.]+)` \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order();

        Assert.Equal(silo.Counts.Instruments.Where(name => name.StartsWith("mmo.", StringComparison.Ordinal)).Order(), listed);
    }
}
