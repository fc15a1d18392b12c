/** Who may import whom, transitively where it matters. The folders are the architecture; this holds them to it. */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^functions/domain/' },
      to: { path: '^(functions|web|infra|test)/', pathNot: '^functions/domain/' },
    },
    {
      name: 'pages-know-the-domain-alone',
      severity: 'error',
      from: { path: '^web/pages/' },
      to: { path: '^(functions|web|infra|test)/', pathNot: '^(functions/domain|web/pages|web/generated)/' },
    },
    {
      name: 'client-takes-types-only',
      severity: 'error',
      from: { path: '^web/client/' },
      to: { path: '^(functions|web|infra|test)/', pathNot: '^web/client/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'admin-takes-types-and-the-trusted-sink',
      severity: 'error',
      from: { path: '^web/admin/' },
      to: {
        path: '^(functions|web|infra|test)/',
        pathNot: '^web/(admin/|client/trusted\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'functions-know-no-platform',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(infra|test|web/client|web/admin)/' },
    },
    {
      name: 'pages-are-for-the-publisher-and-the-handlers',
      severity: 'error',
      from: { path: '^functions/(domain|table|edge)/' },
      to: { path: '^web/' },
    },
    {
      name: 'manifest-is-data',
      severity: 'error',
      from: { path: '^functions/manifest\\.ts$' },
      to: { path: '.' },
    },
    {
      name: 'aws-reads-manifest-schema-and-settings',
      severity: 'error',
      from: { path: '^infra/(aws/|app\\.ts$)' },
      to: {
        path: '^(functions|web|infra/(local|operator))/',
        pathNot:
          '^(functions/(manifest|signed-fetch|table/schema|domain/settings)|web/generated/assets|infra/local/failure)\\.ts$',
      },
    },
    {
      name: 'local-knows-no-aws',
      severity: 'error',
      from: { path: '^infra/(local|operator)/' },
      to: { path: '^infra/aws/' },
    },
    {
      name: 'no-handler-reaches-cdk',
      severity: 'error',
      from: { path: '^(functions|web)/' },
      to: { path: 'node_modules/(aws-cdk-lib|constructs)/', reachable: true },
    },
    {
      name: 'domain-and-pages-reach-no-aws-and-no-middy',
      severity: 'error',
      from: { path: '^(functions/domain|web)/' },
      to: { path: 'node_modules/(@aws-sdk|@smithy|@middy)/', reachable: true },
    },
    {
      name: 'lib-dynamodb-in-table-alone',
      severity: 'error',
      from: { path: '^(functions|web|infra)/', pathNot: '^functions/table/' },
      to: { path: 'node_modules/@aws-sdk/lib-dynamodb/' },
    },
    {
      name: 'middy-in-http-alone',
      severity: 'error',
      from: { path: '^(functions|web|infra)/', pathNot: '^functions/http/' },
      to: { path: 'node_modules/@middy/' },
    },
    {
      name: 'sanitize-html-in-the-sanitizer-alone',
      severity: 'error',
      from: { path: '^(functions|web|infra)/', pathNot: '^functions/domain/sanitize\\.ts$' },
      to: { path: 'node_modules/sanitize-html/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'what-publishes-reads-html-and-makes-none',
      severity: 'error',
      from: { path: '^functions/(publisher|posts|republish|schedule)(/|\\.ts$)' },
      to: { path: '^functions/domain/markdown\\.ts$', reachable: true },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/generated/assets/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
