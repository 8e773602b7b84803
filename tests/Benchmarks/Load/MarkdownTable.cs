namespace MmoOrleans.Benchmarks.Load;

/// <summary>Writes rows as a table of a Markdown page, line by line as they come: a run takes long, and one that is stopped has printed what it found.</summary>
internal sealed class MarkdownTable(TextWriter output)
{
    private bool _hasHeader;

    public void Write(Row row)
    {
        if (!_hasHeader) WriteHeader(row);
        output.WriteLine($"| {string.Join(" | ", row.Cells)} | {(row.Voids.Count == 0 ? "" : "**void**: " + string.Join("; ", row.Voids))} |");
        output.Flush();
    }

    private void WriteHeader(Row row)
    {
        _hasHeader = true;
        output.WriteLine($"| {string.Join(" | ", row.Names)} | |");
        output.WriteLine($"|{string.Concat(Enumerable.Repeat("---:|", row.Names.Count()))}---|");
    }
}
