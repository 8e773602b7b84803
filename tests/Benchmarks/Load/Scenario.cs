namespace MmoOrleans.Benchmarks.Load;

/// <summary>Something players do, measured. A run of it is one repetition of one row.</summary>
/// <param name="Name">In the command line.</param>
/// <param name="Meaning">Above the table.</param>
/// <param name="Clients">With which numbers of players, unless the command line says otherwise.</param>
internal abstract record Scenario(string Name, string Meaning, params int[] Clients)
{
    public abstract Task<Row> Measure(Bench bench, int clients);
}
