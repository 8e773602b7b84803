namespace MmoOrleans.Gateway.Databases;

/// <summary>What a host does to a shared database that it reaches before it uses it: a silo brings the schema up to date.</summary>
public interface IDatabasePreparation
{
    /// <summary>Does it; again and at the same time as other hosts as well as once. Throws what the database's client throws.</summary>
    Task Prepare(CancellationToken cancellation);
}
