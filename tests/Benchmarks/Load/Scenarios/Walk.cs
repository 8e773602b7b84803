namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>Everybody walks and sees about 20 others: what most players of a game do most of the time.</summary>
internal sealed record Walk() : Scenario("walk", "10 moves/s in, 20 frames/s out, about 20 others in view", 200, 800, 2000, 3000)
{
    private const double LeastVisible = 18;

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"walk{clients}", clients, BotsRun.SideOf(clients));
        await bench.Prepare(run);
        var game = await Played.Alone(bench, run);
        return (await Played.RowOf(bench, game)).VoidIf(game.Report.VisibleMean < LeastVisible, $"{game.Report.VisibleMean:F1} in view");
    }
}
