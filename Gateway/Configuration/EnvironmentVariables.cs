namespace MmoOrleans.Gateway.Configuration;

/// <summary>`MMO_` + key, in any case of letters (MMO_CONNECTIONSTRING). An empty variable counts as not set, because container tools cannot leave one out.</summary>
internal static class EnvironmentVariables
{
    public const string Prefix = "MMO_";

    public static void ReadInto(ValueCollector collector, IReadOnlyDictionary<string, string> variables, ValueOrigin origin)
    {
        foreach (var (name, text) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && text.Length > 0)
                collector.Take(ConfigKeys.InOurCase(name[Prefix.Length..]), text, origin);
        }
    }
}
