namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>Everybody sees everybody: the market place on a Saturday. The work grows with the square of the players.</summary>
internal sealed record Crowd() : Scenario("crowd", "everybody within view of everybody", 500)
{
    /// <summary>Less than the visible range across.</summary>
    private const double SideMetres = 33;

    public override async Task<Row> Measure(Bench bench, int clients)
    {
        var run = new BotsRun($"crowd{clients}", clients, SideMetres);
        await bench.Prepare(run);
        var game = await Played.Alone(bench, run);
        return (await Played.RowOf(bench, game)).VoidIf(game.Report.VisibleMean < clients * 0.98, $"{game.Report.VisibleMean:F1} in view");
    }
}
