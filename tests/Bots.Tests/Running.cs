using MmoOrleans.Bots.Tests.Fakes;
using Asked = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Bots.Tests;

public sealed class Running : IDisposable
{
    private readonly SmallWorld _world = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("bots").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Bots_register_enter_walk_and_see_each_other()
    {
        var run = await new Run(_world).Of("--server small:1 --clients 4 --seconds 2 --rate 20 --chat-rate 2 --spread 1");

        Assert.True(run.ExitCode == 0, $"{run.Report} {run.Progress}");
        Assert.Equal(4, run.Report.GetProperty("connected").GetInt32());
        Assert.Equal(3, run.Report.GetProperty("visible_mean").GetDouble());
        Assert.True(run.Report.GetProperty("latency_ms").GetProperty("samples").GetInt64() > 0, $"{run.Report}");
        Assert.True(run.Report.GetProperty("latency_ms").GetProperty("p50").GetDouble() < 1000, $"{run.Report}");
        Assert.True(run.Report.GetProperty("updates_received_per_s").GetDouble() > 0, $"{run.Report}");
        var chat = run.Report.GetProperty("chat");
        Assert.True(chat.GetProperty("sent").GetInt64() > 0, $"{run.Report}");
        Assert.Equal(chat.GetProperty("expected").GetInt64(), chat.GetProperty("received").GetInt64());
        Assert.Equal(0, chat.GetProperty("duplicates").GetInt64());
        Assert.Contains("4 of 4 on a map", run.Progress.ToString());
    }

    [Fact]
    public async Task A_server_that_repeats_a_line_is_found_out()
    {
        _world.RepeatsLines = true;
        var run = await new Run(_world).Of("--server small:1 --clients 2 --seconds 1 --chat-rate 4 --spread 0");

        var chat = run.Report.GetProperty("chat");
        Assert.Equal(chat.GetProperty("expected").GetInt64(), chat.GetProperty("received").GetInt64());
        Assert.Equal(chat.GetProperty("received").GetInt64(), chat.GetProperty("duplicates").GetInt64());
    }

    [Fact]
    public async Task Who_stops_reading_goes_on_walking_and_is_left_out_of_what_is_measured()
    {
        var run = await new Run(_world).Of("--server small:1 --clients 4 --deaf 1 --seconds 2 --rate 20 --spread 0");

        Assert.True(run.ExitCode == 0, $"{run.Report} {run.Progress}");
        Assert.Equal((4, 1), (run.Report.GetProperty("connected").GetInt32(), run.Report.GetProperty("deaf").GetInt32()));
        Assert.Equal(1, run.Report.GetProperty("delivery").GetProperty("ratio").GetDouble());
        var (mean, least) = (run.Report.GetProperty("frames_per_client_per_s").GetDouble(), run.Report.GetProperty("frames_of_one_per_s").GetProperty("min").GetDouble());
        Assert.InRange(least, mean * 0.7, mean * 1.3);
    }

    [Fact]
    public async Task Busy_answers_are_retried_and_counted()
    {
        _world.BusyLogins = 3;
        var run = await new Run(_world).Of("--server small:1 --clients 2 --seconds 0.2 --spread 0");

        Assert.Equal((0, 3), (run.ExitCode, run.Report.GetProperty("busy").GetInt32()));
    }

    [Fact]
    public async Task A_second_run_logs_in_with_the_tokens_of_the_first()
    {
        var arguments = $"--server small:1 --clients 3 --seconds 0.2 --spread 0 --accounts {_folder}/accounts";
        await new Run(_world).Of(arguments);
        Assert.Equal(3, _world.Count(Asked.Register));

        var second = await new Run(_world).Of(arguments);

        Assert.Equal(0, second.ExitCode);
        Assert.Equal((3, 3), (_world.Count(Asked.Register), _world.Count(Asked.CreateCharacter)));
        Assert.Equal(6, _world.Count(Asked.Login));
    }

    [Fact]
    public async Task A_token_that_is_void_gives_way_to_the_password()
    {
        var arguments = $"--server small:1 --clients 2 --seconds 0.2 --spread 0 --accounts {_folder}/accounts";
        await new Run(_world).Of(arguments);
        _world.ForgetsTokens = true;

        var second = await new Run(_world).Of(arguments);

        Assert.Equal((0, 2), (second.ExitCode, second.Report.GetProperty("connected").GetInt32()));
    }

    [Fact]
    public async Task A_server_that_dies_ends_the_run_with_a_report_of_the_drops()
    {
        var running = new Run(_world).Of("--server small:1 --clients 3 --seconds 30 --spread 0");
        await Until(() => _world.Count(Asked.ClientReady) == 3 && _world.Count(Asked.Move) > 10, "the bots to move");
        _world.Die();
        var run = await running;

        Assert.Equal(1, run.ExitCode);
        Assert.Equal((3, 3), (run.Report.GetProperty("dropped").GetInt32(), run.Report.GetProperty("connected").GetInt32()));
        Assert.NotEmpty(run.Report.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_server_the_report_is_written_and_the_exit_code_is_3()
    {
        _world.IsUnreachable = true;
        var run = await new Run(_world).Of($"--server small:1 --clients 3 --seconds 1 --json {_folder}/report.json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(run.Report.ToString(), (await File.ReadAllTextAsync($"{_folder}/report.json")).Trim());
        Assert.Equal(0, run.Report.GetProperty("connected").GetInt32());
    }

    [Fact]
    public async Task A_run_that_is_stopped_reports_what_it_had()
    {
        using var stop = new CancellationTokenSource();
        var running = new Run(_world).Of("--server small:1 --clients 2 --seconds 1000 --spread 0", stop.Token);
        await Until(() => _world.Count(Asked.ClientReady) == 2 && _world.Count(Asked.Move) > 10, "the bots to move");
        await stop.CancelAsync();

        Assert.Equal(2, (await running).Report.GetProperty("connected").GetInt32());
    }

    [Fact]
    public async Task A_history_holds_when_everybody_stands_where_it_says()
    {
        var run = await new Run(_world).Of($"--server small:1 --clients 3 --seconds 1 --spread 0 --history {_folder}/history");
        Assert.Equal(0, run.ExitCode);

        var verified = await new Run(_world).Of($"--server small:1 --verify {_folder}/history");

        Assert.True(verified.ExitCode == 0, $"{verified.Report}");
        Assert.Equal(3, verified.Report.GetProperty("verified").GetInt32());
    }

    [Fact]
    public async Task A_history_tells_who_is_missing_and_who_stands_elsewhere()
    {
        await new Run(_world).Of($"--server small:1 --clients 3 --seconds 1 --spread 0 --history {_folder}/history");
        _world.Characters.Remove("bot_000001");
        _world.Characters["bot_000002"] = (100, 100);

        var verified = await new Run(_world).Of($"--server small:1 --verify {_folder}/history");

        Assert.Equal(1, verified.ExitCode);
        Assert.Equal((1, 1, 1), (verified.Report.GetProperty("verified").GetInt32(), verified.Report.GetProperty("missing").GetInt32(), verified.Report.GetProperty("stale").GetInt32()));
        Assert.DoesNotContain("bot_000001", _world.Characters.Keys);
    }

    private static async Task Until(Func<bool> isSo, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isSo())
        {
            Assert.False(limit.IsCancellationRequested, $"Waited 30 s for {what}.");
            await Task.Delay(1);
        }
    }
}
