namespace MmoOrleans.Chaos.Histories;

/// <summary>What was acknowledged exists: each account and its character in the database, once, and for whoever logs in.</summary>
public static class Keeping
{
    public static IEnumerable<string> Broken(IReadOnlyList<Witnessed> history, StoreDump store)
    {
        var users = store.Usernames.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var characters = store.CharacterNames.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(one => one.Key, one => one.Count(), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, count) in characters.Where(character => character.Value > 1))
            yield return $"the name {name} belongs to {count} characters";
        foreach (var made in history.OfType<Witnessed.Made>())
        {
            if (!users.Contains(made.Who))
                yield return $"the account {made.Who} was acknowledged at {made.At.TotalSeconds:0.0} s and is not in the database";
            if (!characters.ContainsKey(made.Who))
                yield return $"the character {made.Who} was acknowledged at {made.At.TotalSeconds:0.0} s and is not in the database";
        }
        foreach (var named in history.OfType<Witnessed.Named>())
            if (!characters.ContainsKey(named.Name))
                yield return $"the character {named.Name} was acknowledged to {named.Who} at {named.At.TotalSeconds:0.0} s and is not in the database";
        foreach (var name in history.OfType<Witnessed.Named>().GroupBy(named => named.Name).Where(name => name.Count() > 1))
            yield return $"the name {name.Key} was acknowledged to {string.Join(" and ", name.Select(named => named.Who))}";
        var sought = history.OfType<Witnessed.Sought>().ToList();
        foreach (var one in sought.Where(one => one.Missing is not null))
            yield return $"{one.Who} could not log in and find its character at the end: {one.Missing}";
        if (sought.Count == 0)
            yield return "nobody looked for the characters at the end: this proves nothing";
    }
}
